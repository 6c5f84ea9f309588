"""The scenarios of sync, each with two or three devices, against a folder, sshd, http and https.

    scenarios.py [--only NUMBERS] [--remotes path,ssh,http,https] [--quick] [--minutes M]

One line a check; code 1 when one of them does not hold.
"""

import argparse
import sys
import time
import traceback

import access
import hostile
import machines
import merging
import networks
import repositories
import terminals
from lab import Lab
from scenario import ALL, SCENARIOS

# Each of these adds its scenarios.
PARTS = [merging, networks, machines, repositories, access, hostile, terminals]

# What 'make test' runs: whatever can only be seen with a real server.
QUICK = {
    "first_sync_makes_the_branch_and_a_clone_has_it_all", "a_network_that_fails_is_said_and_loses_nothing",
    "a_redirect_to_another_host_gets_no_token", "a_rule_there_that_refuses_is_said_with_its_words",
    "keys_agents_and_hosts", "names_of_ssh_config_are_read", "tokens_stay_where_they_are",
    "addresses_that_git_rewrites_are_asked_about", "settings_of_a_vault_run_no_program",
    "names_that_could_do_harm_are_refused", "submodules_are_never_fetched",
    "a_new_host_is_asked_about_on_a_terminal", "a_passphrase_is_asked_for_on_a_terminal",
    "a_token_is_asked_for_on_a_terminal", "undo_takes_a_sync_back_as_a_new_commit",
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", help="group numbers, or part of a name")
    parser.add_argument("--remotes", default=",".join(ALL))
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--quick", action="store_true", help="a minute's worth of them")
    options = parser.parse_args()
    remotes = options.remotes.split(",")
    end = time.monotonic() + options.minutes * 60
    broken = checks = 0
    for group, kinds, function in SCENARIOS:
        name = function.__name__.replace("_", " ")
        if options.quick and function.__name__ not in QUICK:
            continue
        if options.only:
            numbers = options.only.split(",")
            if str(group) not in numbers and not any(
                    word in function.__name__ for word in numbers if not word.isdigit()):
                continue
        for kind in kinds:
            if kind not in remotes and len(kinds) > 1:
                continue
            if time.monotonic() > end:
                print("the time is up", flush=True)
                break
            begin = time.monotonic()
            checks += 1
            title = "hostile" if group > 100 else f"{group:2}"
            try:
                with Lab() as lab:
                    remark = function(lab, kind)
                remark = f" ({remark})" if remark else ""
                print(f"ok {title} {kind}: {name}{remark} {time.monotonic() - begin:.1f} s", flush=True)
            except BaseException as error:
                broken += 1
                print(f"BROKEN {title} {kind}: {name}: {error}", flush=True)
                if not isinstance(error, AssertionError):
                    traceback.print_exc()
                if isinstance(error, KeyboardInterrupt):
                    raise
    print(f"scenarios: {checks} run, {broken} broken", flush=True)
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
