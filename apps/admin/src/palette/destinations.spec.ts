import { destinationOf, numberDestination } from './destinations';

const ID = 'sid_01kb5v3c7m9q2x4w8y6t0n1r5e';

describe('where an id leads', () => {
  it('is the screen of its kind, however it was pasted', () => {
    expect(destinationOf(` ${ID}\n`, ['sessions'])).toEqual({ label: `Session ${ID}`, to: `/sessions/${ID}` });
  });

  it('is the same in capitals', () => {
    expect(destinationOf(`\t${ID.toUpperCase()} `, ['sessions'])?.to).toBe(`/sessions/${ID}`);
  });

  it('is its screen for a job as well', () => {
    expect(destinationOf(ID.replace('sid', 'job'), ['jobs'])?.to).toBe(`/jobs/${ID.replace('sid', 'job')}`);
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

describe('where a long number leads', () => {
  it.each([
    ['4242 4242 4242 4242', { bin: '42424242', last_four: '4242' }],
    ['4242424242424241', { reference: '4242424242424241' }],
  ])('%s', (text, filter) => {
    const { to = '' } = numberDestination(text) ?? {};

    expect(JSON.parse(new URL(to, 'http://x').searchParams.get('filter') ?? '')).toEqual(filter);
  });

  it.each(['', '42424242', 'ORD-424242424242'])('is nowhere for %j', (text) => {
    expect(numberDestination(text)).toBeNull();
  });
});
