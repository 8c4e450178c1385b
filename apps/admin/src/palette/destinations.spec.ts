import { destinationOf } from './destinations';

const ID = 'sid_01kb5v3c7m9q2x4w8y6t0n1r5e';

describe('where an id leads', () => {
  it('is the screen of its kind, however it was pasted', () => {
    expect(destinationOf(` ${ID}\n`, ['sessions'])).toEqual({ label: `Session ${ID}`, to: `/sessions/${ID}` });
  });

  it.each(['', 'sid_', `${ID}x`, 'xyz_01kb5v3c7m9q2x4w8y6t0n1r5e', `sid_../../merchants/aaaaaaaaaaa`])(
    'is nowhere for %j',
    (text) => {
      expect(destinationOf(text, ['sessions'])).toBeNull();
    },
  );

  it('is nowhere where the screen is not offered', () => {
    expect(destinationOf(ID, ['operators'])).toBeNull();
  });
});
