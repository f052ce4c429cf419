"""Who may use a server that listens beyond this machine, what each may do, and the log of what each did."""
