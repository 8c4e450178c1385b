import type { StoryEvent } from '../types';
import { spansOf, tickMs, type Told } from './spans';

const T0 = Date.parse('2026-11-30T00:00:00Z');
const iso = (ms: number): string => new Date(T0 + ms).toISOString();

function story(
  events: readonly (readonly [ms: number, type: string, to: StoryEvent['to']])[],
  rest: Partial<Told> = {},
): Told {
  const timeline = events.map(([at, type, to], seq): StoryEvent => ({
    seq,
    at: iso(at),
    type,
    from: null,
    to,
    actor: 'system',
    attempt: 1,
    leg: null,
    data: {},
  }));
  return { timeline, page_legs: [], trans_status: 'Y', final_at: null, completed_at: null, ...rest };
}

const told = (of: Told) =>
  spansOf(of).map(({ label, start, end }) => [label, start - T0, end === null ? null : end - T0] as const);

describe('where the time went', () => {
  it('of a frictionless session is the way to the issuer and back', () => {
    const frictionless = story(
      [
        [0, 'created', 'pending'],
        [40, 'request_sent', 'processing'],
        [240, 'authenticated', 'approved'],
      ],
      { final_at: iso(240), completed_at: iso(300) },
    );

    expect(told(frictionless)).toEqual([
      ['Before the issuer was asked', 0, 40],
      ['Issuer’s answer', 40, 240],
      ['Until it was completed', 240, 300],
    ]);
  });

  it('of a challenge is mostly the cardholder’s', () => {
    const challenged = story(
      [
        [0, 'created', 'pending'],
        [0, 'request_sent', 'processing'],
        [200, 'challenge_required', 'challenged'],
        [20_000, 'approved', 'approved'],
      ],
      {
        final_at: iso(20_000),
        page_legs: [
          { leg: 'challenge_shown', at: iso(900) },
          { leg: 'first_input', at: iso(5_000) },
        ],
      },
    );

    expect(told(challenged)).toEqual([
      ['Before the issuer was asked', 0, 0],
      ['Issuer’s answer', 0, 200],
      ['Challenge', 200, 20_000],
      ['Until the cardholder typed', 900, 5_000],
      ['Cardholder at work', 5_000, 20_000],
    ]);
  });

  it('is open where it still goes on', () => {
    expect(told(story([[0, 'created', 'pending']]))).toEqual([['Before the issuer was asked', 0, null]]);
    expect(
      told(
        story(
          [
            [0, 'created', 'pending'],
            [10, 'request_sent', 'processing'],
          ],
          { trans_status: null },
        ),
      ),
    ).toEqual([
      ['Before the issuer was asked', 0, 10],
      ['Waiting for an answer', 10, null],
    ]);
  });

  it('is not the issuer’s where nobody answered', () => {
    const unreached = story(
      [
        [0, 'created', 'pending'],
        [0, 'request_sent', 'processing'],
        [3_580, 'unavailable', 'unavailable'],
      ],
      { trans_status: null, final_at: iso(3_580) },
    );

    expect(told(unreached)).toEqual([
      ['Before the issuer was asked', 0, 0],
      ['Waiting for an answer', 0, 3_580],
    ]);
  });

  it('is with the cardholder as a whole where nobody was seen to type', () => {
    const untouched = story(
      [
        [0, 'created', 'pending'],
        [0, 'request_sent', 'processing'],
        [200, 'challenge_required', 'challenged'],
        [9_000, 'approved', 'approved'],
      ],
      { final_at: iso(9_000), page_legs: [{ leg: 'challenge_shown', at: iso(900) }] },
    );

    expect(told(untouched)).toContainEqual(['With the cardholder', 900, 9_000]);
    expect(told(untouched).map(([label]) => label)).not.toContain('Until the cardholder typed');
  });

  it('is nothing of a session that has no story', () => {
    expect(spansOf(story([]))).toEqual([]);
  });
});

describe('marks on a line of time', () => {
  it.each([
    [0, 1],
    [240, 50],
    [3_285, 1_000],
    [20_000, 5_000],
    [1_800_000, 600_000],
    [90_000_000, 21_600_000],
  ])('of %d ms are %d ms apart', (length, tick) => {
    expect(tickMs(length)).toBe(tick);
  });
});
