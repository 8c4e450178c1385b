import { IDLE_MS, idleState, WARNED_MS } from './idle';

describe('somebody who does nothing', () => {
  it('is warned before the session ends, and then signed out', () => {
    expect(idleState(0, IDLE_MS - WARNED_MS - 1)).toEqual({ step: 'active' });
    expect(idleState(0, IDLE_MS - 1_500)).toEqual({ step: 'warned', secondsLeft: 2 });
    expect(idleState(0, IDLE_MS)).toEqual({ step: 'over' });
  });
});
