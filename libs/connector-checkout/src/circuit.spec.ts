import { Circuit } from './circuit';

describe('a circuit', () => {
  let now = 0;
  const opened = (): Circuit => {
    const circuit = new Circuit({ failures: 3, openMs: 1_000, now: () => now });
    for (let call = 0; call < 3; call++) {
      circuit.admits();
      circuit.failed();
    }
    return circuit;
  };

  beforeEach(() => (now = 0));

  it('opens after so many failures in a row', () => {
    const circuit = new Circuit({ failures: 3, openMs: 1_000, now: () => now });
    for (const outcome of ['failed', 'failed', 'succeeded', 'failed', 'failed'] as const) circuit[outcome]();

    expect(circuit.isOpen).toBe(false);
    circuit.failed();
    expect(circuit.isOpen).toBe(true);
    expect(circuit.admits()).toBe(false);
  });

  it('lets one trial through after the pause', () => {
    const circuit = opened();
    now = 1_000;

    expect([circuit.admits(), circuit.admits()]).toEqual([true, false]);
  });

  it('closes when the trial succeeds', () => {
    const circuit = opened();
    now = 1_000;
    circuit.admits();
    circuit.succeeded();

    expect([circuit.isOpen, circuit.admits(), circuit.admits()]).toEqual([false, true, true]);
  });

  it('opens again when the trial fails', () => {
    const circuit = opened();
    now = 1_000;
    circuit.admits();
    circuit.failed();

    expect([circuit.isOpen, circuit.admits()]).toEqual([true, false]);
    now = 2_000;
    expect(circuit.admits()).toBe(true);
  });

  it('makes another trial where one told nothing', () => {
    const circuit = opened();
    now = 1_000;
    circuit.admits();
    circuit.toldNothing();

    expect(circuit.admits()).toBe(true);
  });
});
