"""The social clause: what public contracts owe, who may work for it, and the ledger of the hours done."""
