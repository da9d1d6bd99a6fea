# make setup | run | test | test-long | lint | messages | clean; docs/operations.md tells more.

.PHONY: setup setup-test run test test-long lint messages lock clean

setup:
	@sh scripts/setup.sh

setup-test:
	@sh scripts/setup.sh test

run: setup
	@STOP_WITH_PARENT=1 exec .venv/bin/python -m mentorship_portal.serving

test: setup-test
	@exec .venv/bin/python scripts/test_legs.py

test-long: setup-test
	@exec .venv/bin/python scripts/test_legs.py --only long

lint: setup-test
	@exec .venv/bin/python scripts/test_legs.py --only lint

messages: setup-test
	@exec .venv/bin/python scripts/messages.py compile

lock: setup
	@sh scripts/lock.sh

clean:
	rm -rf .venv node_modules static/dist .setup
