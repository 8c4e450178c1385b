import { aRange } from '../testing/attempt';
import { changesWhatIsKnown, rangeChanges } from './range-changes';

const kept = aRange('4000000000000000', '4000009999999999');
const gone = aRange('4000010000000000', '4000019999999999');
const fresh = aRange('4000020000000000', '4000029999999999');

describe('changes between two sets of ranges', () => {
  it('writes what is new or different and removes what is gone', () => {
    const altered = { ...fresh, methodUrl: 'https://acs.example/method' };

    expect(rangeChanges([kept, gone, fresh], [kept, altered])).toEqual({ removed: [gone], written: [altered] });
  });

  it('are none for equal sets, whatever their order', () => {
    expect(rangeChanges([kept, fresh], [{ ...fresh }, { ...kept }])).toEqual({ removed: [], written: [] });
  });

  it.each([
    ['the first load, even of nothing', { rangesLoadedAt: null }, {}, true],
    ['the same again', {}, {}, false],
    ['other default versions', {}, { dsEnd: '2.3.1' }, true],
  ])('readers read again after %s: %j', (_, over, set, expected) => {
    const server = { rangesLoadedAt: new Date(), dsStartVersion: '2.1.0', dsEndVersion: '2.2.0', ...over };

    const result = changesWhatIsKnown(
      server,
      { dsStart: '2.1.0', dsEnd: '2.2.0', ...set },
      { removed: [], written: [] },
    );

    expect(result).toBe(expected);
  });
});
