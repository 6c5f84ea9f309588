"""What scenarios are made of: their list, the notes they begin with, and coming to rest."""

import oracle

SCENARIOS = []
ALL = ("path", "ssh", "http", "https")
LINES = [f"line {n}\n" for n in range(1, 21)]
TEXT = "".join(LINES)
NOTE = "---\ntitle: T\ntags: [x, y]\nstatus: open\n---\n\n" + "\n".join(LINES)


def scenario(group, kinds=("path",)):
    """Adds a function to the scenarios of a group; it is run with each kind of remote."""
    def keep(function):
        SCENARIOS.append((group, kinds, function))
        return function
    return keep


def settle(*devices, codes=(0, 3)):
    """Syncs until nothing moves any more; then all agree."""
    for _ in range(3):
        for device in devices:
            before = oracle.Before(device)
            result = device.must("sync", codes=codes)
            oracle.after_sync(device, before, result.code, result.text)
    oracle.at_rest(devices, [])
