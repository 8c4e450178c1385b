import { AHEAD_MS, IDLE_MS, idleState, WARNED_MS } from './idle';

const ACTIVE = { step: 'active' };
const OVER = { step: 'over', own: 0 };

describe('somebody who does nothing', () => {
  const activity = { own: 0, shared: null };

  it('is warned before the session ends, and then signed out', () => {
    expect(idleState(IDLE_MS - WARNED_MS - 1, activity)).toEqual(ACTIVE);
    expect(idleState(IDLE_MS - 1_500, activity)).toEqual({ step: 'warned', secondsLeft: 2 });
    expect(idleState(IDLE_MS, activity)).toEqual(OVER);
  });

  it('is signed out at whichever limit there is', () => {
    expect(idleState(9_999, activity, 10_000)).toEqual({ step: 'warned', secondsLeft: 1 });
    expect(idleState(10_000, activity, 10_000)).toEqual(OVER);
  });
});

describe('somebody who works at another page', () => {
  it('is there', () => {
    expect(idleState(IDLE_MS, { own: 0, shared: IDLE_MS - 1_000 })).toEqual(ACTIVE);
    expect(idleState(IDLE_MS, { own: 0, shared: IDLE_MS })).toEqual(ACTIVE);
  });

  it('is warned and signed out by when they were last active there', () => {
    const activity = { own: 0, shared: 60_000 };

    expect(idleState(IDLE_MS + 59_000, activity)).toEqual({ step: 'warned', secondsLeft: 1 });
    expect(idleState(IDLE_MS + 60_000, activity)).toEqual(OVER);
  });

  it('takes nothing from what was done here', () => {
    expect(idleState(IDLE_MS, { own: IDLE_MS - 1_000, shared: 0 })).toEqual(ACTIVE);
  });
});

describe('a time that is yet to come', () => {
  it('is now, where two pages have read the clock', () => {
    const shared = IDLE_MS + AHEAD_MS;

    expect(idleState(IDLE_MS, { own: 0, shared })).toEqual(ACTIVE);
    // Nobody gains by it.
    expect(idleState(shared + IDLE_MS, { own: 0, shared })).toEqual(OVER);
  });

  it('says nothing, where the clock was set back', () => {
    expect(idleState(IDLE_MS, { own: 0, shared: IDLE_MS + AHEAD_MS + 1 })).toEqual(OVER);
    expect(idleState(IDLE_MS, { own: IDLE_MS - 1_000, shared: 10 * IDLE_MS })).toEqual(ACTIVE);
  });
});
