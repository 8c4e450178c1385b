import { InvalidRequest } from '@app/kernel';
import { FaultStore } from './fault.store';
import { NO_FAULTS, parseFaults } from './faults';

const codesOf = (input: Record<string, unknown>): readonly string[] => {
  try {
    parseFaults(input);
    return [];
  } catch (error) {
    if (error instanceof InvalidRequest) return error.codes;
    throw error;
  }
};

describe('a request for faults', () => {
  it('leaves alone what it does not name', () => {
    expect(parseFaults({})).toEqual(NO_FAULTS);
    expect(parseFaults({ rreq: { mode: 'parallel' } }).ds.mode).toBe('none');
  });

  it('may be what was told of them', () => {
    expect(parseFaults({ ...NO_FAULTS })).toEqual(NO_FAULTS);
  });

  it('is refused with the name of every bad field', () => {
    expect(
      codesOf({ ds: { mode: 'explode', delayMs: -1, scheme: 'diners' }, rreq: { times: 1.5 }, callback: 7, acs: {} }),
    ).toEqual([
      'acs_invalid',
      'ds_mode_invalid',
      'ds_delayMs_invalid',
      'ds_scheme_invalid',
      'rreq_times_invalid',
      'callback_invalid',
    ]);
  });
});

describe('an active fault', () => {
  it('strikes as often as it was asked to', () => {
    const store = new FaultStore();
    store.replace(parseFaults({ ds: { mode: 'reset', times: 2 } }));

    expect([1, 2, 3].map(() => store.takeDs('visa', 'AReq')?.mode)).toEqual(['reset', 'reset', undefined]);
  });

  it('spares other schemes and, unless asked, card range requests', () => {
    const store = new FaultStore();
    store.replace(parseFaults({ ds: { mode: 'html', scheme: 'visa', times: 1 } }));

    expect(store.takeDs('mastercard', 'AReq')).toBeNull();
    expect(store.takeDs('visa', 'PReq')).toBeNull();
    expect(store.takeDs('visa', 'AReq')?.mode).toBe('html');
  });

  it('of an RReq is spent only by the moment it belongs to', () => {
    const store = new FaultStore();
    store.replace(parseFaults({ rreq: { mode: 'before_ares', times: 1 } }));

    expect(store.takeRReq(['duplicate', 'never'])).toBeNull();
    expect(store.takeRReq(['before_ares'])?.mode).toBe('before_ares');
    expect(store.takeRReq(['before_ares'])).toBeNull();
  });
});
