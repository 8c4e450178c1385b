import { TEST_CARDS, behaviourOf } from '../cards/card-table';
import { decide, listedResult, proofOf } from './decision';

const LETTERS = { approved: 'Y', attempted: 'A', declined: 'N', rejected: 'R', unavailable: 'U' } as const;
const cardsOf = (flow: string) => TEST_CARDS.filter((card) => card.flow === flow);

describe('the outcome table', () => {
  it.each(cardsOf('frictionless'))('answers $number with its listed status', (card) => {
    const decision = decide(behaviourOf(card.number), undefined);

    if (card.reason === 'ares_error') expect(decision.kind).toBe('error');
    else expect(decision).toMatchObject({ kind: 'result', transStatus: LETTERS[card.status as keyof typeof LETTERS] });
  });

  it.each(cardsOf('challenge'))('challenges $number and then reports its listed status', (card) => {
    const behaviour = behaviourOf(card.number);

    expect(decide(behaviour, '01')).toEqual({ kind: 'challenge', mandated: false });
    if (card.reason === 'rreq_error') expect(listedResult(behaviour).malformed).toBe(true);
    else expect(listedResult(behaviour).transStatus).toBe(LETTERS[card.status as keyof typeof LETTERS]);
  });

  it('gives a reason wherever the specification demands one', () => {
    for (const card of TEST_CARDS) {
      const decision = decide(behaviourOf(card.number), undefined);
      if (decision.kind === 'result' && ['N', 'U', 'R'].includes(decision.transStatus)) {
        expect(decision.reason).toMatch(/^\d{2}$/);
      }
    }
  });

  it('approves numbers outside the table', () => {
    expect(decide(behaviourOf('4111111111111111'), undefined)).toEqual({ kind: 'result', transStatus: 'Y' });
  });

  it('challenges an approved card under a mandate, and leaves a declined one declined', () => {
    expect(decide(behaviourOf('4485040371536584'), '04')).toEqual({ kind: 'challenge', mandated: true });
    expect(decide(behaviourOf('4539628347117863'), '04')).toMatchObject({ transStatus: 'N' });
  });

  it('acknowledges a data share and never challenges it', () => {
    expect(decide(behaviourOf('4485040371536584'), '06')).toMatchObject({ transStatus: 'I' });
    expect(decide(behaviourOf('4242424242424242'), '06')).toMatchObject({ transStatus: 'I' });
  });
});

describe('the proof', () => {
  it('is 28 characters of base64 for authenticated and attempted, and absent otherwise', () => {
    for (const eciSeries of ['visa', 'mastercard', 'amex', 'jcb', 'diners', 'discover'] as const) {
      expect(proofOf({ eciSeries }, 'Y').authenticationValue).toMatch(/^[A-Za-z0-9+/]{27}=$/);
      expect(proofOf({ eciSeries }, 'A').authenticationValue).toMatch(/^[A-Za-z0-9+/]{27}=$/);
      expect(proofOf({ eciSeries }, 'N').authenticationValue).toBeUndefined();
    }
  });

  it('has the ECI of the scheme', () => {
    const eci = (series: 'visa' | 'mastercard') =>
      (['Y', 'A', 'N', 'I'] as const).map((status) => proofOf({ eciSeries: series }, status).eci);

    expect(eci('visa')).toEqual(['05', '06', '07', '07']);
    expect(eci('mastercard')).toEqual(['02', '01', '00', '06']);
  });

  it('has the shape that Mastercard gives it', () => {
    expect(proofOf({ eciSeries: 'mastercard' }, 'Y').authenticationValue).toMatch(/^k/);
    expect(proofOf({ eciSeries: 'mastercard' }, 'A').authenticationValue).toMatch(/^j/);
  });
});
