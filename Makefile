# make setup | run | test | test-long | lint | messages | clean; docs/operations.md tells more.

.PHONY: setup run test test-long lint messages clean

setup:
	@sh scripts/setup.sh

run: setup
	@STOP_WITH_PARENT=1 exec .venv/bin/python -m mentorship_portal.serving

test: setup
	@exec .venv/bin/python scripts/test_legs.py

test-long: setup
	@exec .venv/bin/python -m pytest -m long -ra

lint: setup
	@exec .venv/bin/python scripts/test_legs.py --only lint

messages: setup
	@exec .venv/bin/python scripts/messages.py merge

clean:
	rm -rf .venv node_modules static/dist .setup
