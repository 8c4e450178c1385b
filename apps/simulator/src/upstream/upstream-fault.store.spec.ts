import { FieldReader } from '../control/field-reader';
import { UpstreamFaultStore } from './upstream-fault.store';
import { readFault, type UpstreamFault } from './upstream-faults';

function read(...faults: object[]): UpstreamFault[] {
  const reader = new FieldReader({ faults });
  const read = reader.objects('faults').map(readFault);
  reader.finish();
  return read;
}

function storeOf(...faults: object[]): UpstreamFaultStore {
  const store = new UpstreamFaultStore();
  store.replace(read(...faults), 7);
  return store;
}

const modesOf = (store: UpstreamFaultStore, calls: number): (string | undefined)[] =>
  Array.from({ length: calls }, () => store.takeCall('create', 'ack_a').fault?.mode);

describe('a fault of the upstream', () => {
  it('passes over the first ones and is used up', () => {
    const store = storeOf({ on: 'create', mode: 'reset', skip: 1, times: 2 });

    expect(modesOf(store, 5)).toEqual([undefined, 'reset', 'reset', undefined, undefined]);
    expect(store.show()).toMatchObject([{ skip: 0, times: 0, struck: 2 }]);
  });

  it('strikes its own endpoint and account only', () => {
    const store = storeOf({ on: 'create', mode: 'reset', clientId: 'ack_a' });

    expect(store.takeCall('get', 'ack_a').fault).toBeNull();
    expect(store.takeCall('create', 'ack_b').fault).toBeNull();
    expect(store.takeCall('create', null).fault).toBeNull();
    expect(store.takeCall('create', 'ack_a').fault).toMatchObject({ mode: 'reset' });
  });

  it('gives way to the one before it', () => {
    expect(modesOf(storeOf({ mode: 'hang', times: 1 }, { mode: 'status500' }), 3)).toEqual([
      'hang',
      'status500',
      'status500',
    ]);
  });

  it('strikes beside a skewed clock', () => {
    const store = storeOf({ mode: 'clock_skew', skewMs: -60_000 }, { mode: 'status429', times: 1 });

    expect(store.takeCall('token', 'ack_a')).toMatchObject({ fault: { mode: 'status429' }, skewMs: -60_000 });
    expect(store.takeCall('token', 'ack_a')).toEqual({ fault: null, skewMs: -60_000 });
  });

  it('is drawn by a share, the same for the same seed', () => {
    const first = modesOf(storeOf({ mode: 'reset', probability: 0.3 }), 1000);
    const struck = first.filter((mode) => mode === 'reset').length;

    expect(struck).toBeGreaterThan(220);
    expect(struck).toBeLessThan(380);
    expect(modesOf(storeOf({ mode: 'reset', probability: 0.3 }), 1000)).toEqual(first);
  });

  it('of a webhook strikes no call, and may be limited to a type', () => {
    const store = storeOf({ on: 'webhook', mode: 'drop', event: 'authentication_failed' });

    expect(store.takeCall('create', 'ack_a').fault).toBeNull();
    expect(store.takeWebhook('authentication_started', 'ack_a')).toBeNull();
    expect(store.takeWebhook('authentication_failed', 'ack_a')).toMatchObject({ mode: 'drop' });
  });
});

describe('a request for faults', () => {
  it.each([
    [{}, ['faults_mode_required']],
    [{ mode: 'explode' }, ['faults_mode_invalid']],
    [{ mode: 'drop' }, ['faults_mode_invalid']],
    [{ on: 'webhook', mode: 'reset' }, ['faults_mode_invalid']],
    [{ on: 'delete', mode: 'reset' }, ['faults_on_invalid']],
    [{ mode: 'reset', tims: 1 }, ['faults_tims_invalid']],
    [{ mode: 'reset', times: -1, probability: 2 }, ['faults_times_invalid', 'faults_probability_invalid']],
  ])('that is %j names what is wrong', (fault, codes) => {
    expect(() => read(fault)).toThrow(expect.objectContaining({ codes }) as Error);
  });
});
