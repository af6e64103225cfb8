"""An account as a state machine: whatever people, clocks and administrators do, in any order."""

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sigasers.errors.accounts import AccountRuleError, EntryLockedError, EntryRefusedError
from sigasers.host.accounts import Sessions
from sigasers.host.accounts.lockout import FREE_FAILURES
from sigasers.model import Instant
from tests.accounts.people import ANA, AT, JOE, LUZ, WORDS, door, staff

WAITS = st.sampled_from([0, 1, 59, 60, 3599, 3600, 40_000])


class LuzMachine(RuleBasedStateMachine):
    """Luz enters rightly and wrongly, waits, is closed, opened, unlocked; a model in plain words says what must be."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.stack = staff(Path(self.folder.name))
        self.admin = self.stack.__enter__()
        self.sessions = Sessions(book=self.admin.book, system_account="1000")
        self.now, self.failures, self.wait_s = AT, 0, 0
        self.wait_from: Instant | None = None
        self.active, self.token = True, ""
        self.token_is_good = False

    def waiting(self) -> bool:
        if self.wait_from is None:
            return False
        passed = (self.now.at - self.wait_from.at).total_seconds()
        if passed < 0:
            self.wait_from = self.now
            return True
        return passed < self.wait_s

    @rule(seconds=WAITS)
    def time_passes(self, seconds: int) -> None:
        self.now = self.now.plus(timedelta(seconds=seconds))
        self.token_is_good = self.token_is_good and seconds < 1800

    @rule(seconds=st.sampled_from([600, 90_000, 10**8]))
    def the_clock_is_set_back(self, seconds: int) -> None:
        self.now = self.now.plus(timedelta(seconds=-seconds))
        self.token_is_good = False
        self.token = ""

    @rule(right=st.booleans())
    def luz_tries(self, *, right: bool) -> None:
        waiting = self.waiting()
        try:
            door(self.admin).enter("LUZ", WORDS[LUZ] if right else "no es esta clave", now=self.now)
            answer = "enters"
        except EntryLockedError:
            answer = "locked"
        except EntryRefusedError:
            answer = "refused"
        except AccountRuleError:
            answer = "closed"
        self._expect(waiting=waiting, right=right, answer=answer)

    def _expect(self, *, waiting: bool, right: bool, answer: str) -> None:
        if waiting:
            assert answer == "locked"
            return
        assert answer == ("refused" if not right else "enters" if self.active else "closed")
        self.failures += 1
        if self.failures >= FREE_FAILURES:
            self.wait_from, self.wait_s = self.now, min(60 * 2 ** (self.failures - FREE_FAILURES), 3600)
        if answer == "enters":
            self.failures, self.wait_from = 0, None

    @rule()
    def an_administrator_unlocks(self) -> None:
        self.admin.unlock(LUZ)
        self.failures, self.wait_from = 0, None

    @precondition(lambda self: self.active)
    @rule()
    def luz_leaves(self) -> None:
        self.admin.take_charge("base", LUZ)
        self.admin.deactivate(LUZ, JOE)
        self.active, self.token_is_good = False, False

    @precondition(lambda self: not self.active)
    @rule()
    def luz_comes_back(self) -> None:
        self.admin.reactivate(LUZ, WORDS[LUZ], now=self.now)
        self.active, self.failures, self.wait_from = True, 0, None

    @precondition(lambda self: self.active)
    @rule()
    def a_session_is_opened(self) -> None:
        self.token = self.sessions.open(LUZ, now=self.now)
        self.opened = self.now
        self.token_is_good = True

    @invariant()
    def a_session_is_good_exactly_while_it_may_be(self) -> None:
        if not getattr(self, "token", ""):
            return
        found = self.sessions.use(self.token, now=self.now)
        expected = self.token_is_good and self.now.at - self.opened.at < timedelta(hours=10)
        self.token_is_good = expected
        assert (found is not None) == expected

    @invariant()
    def an_administrator_is_left_and_nobody_gone_answers_for_anything(self) -> None:
        if not hasattr(self, "admin"):
            return
        people = self.admin.book.all()
        assert any(each.activa and "usuarios" in each.permisos for each in people)
        assert all(each.activa or not each.encargos for each in people)
        assert self.admin.book.get(ANA).activa

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.stack.__exit__(None, None, None)
            self.folder.cleanup()


TestLuz = LuzMachine.TestCase
TestLuz.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
