import type { PageLeg, StoryEvent } from '../types';

/** What a part of a session was spent on. */
export type SpanKind = 'preparation' | 'method' | 'answer' | 'challenge' | 'cardholder' | 'callback';

/** A part of a session, in ms since 1970. `end` is null where it still goes on. */
export interface Span {
  readonly kind: SpanKind;
  readonly label: string;
  readonly start: number;
  readonly end: number | null;
  /** It is within the one before. */
  readonly isInner: boolean;
}

/** What spans are made of. */
export interface Told {
  readonly timeline: readonly StoryEvent[];
  readonly page_legs: readonly PageLeg[];
  /** The issuer side's letter; null where nothing came of which one could tell. */
  readonly trans_status: string | null;
  readonly final_at: string | null;
  readonly completed_at: string | null;
}

const ms = (iso: string): number => new Date(iso).getTime();

/** Where the time of a session went, leg by leg, in the order in which they began. */
export function spansOf({
  timeline,
  page_legs: pages,
  trans_status: letter,
  final_at: finalAt,
  completed_at: completedAt,
}: Told): readonly Span[] {
  const created = timeline[0];
  if (!created) return [];
  const over = finalAt === null ? null : ms(finalAt);
  const page = (leg: string): number | null => {
    const found = pages.find((one) => one.leg === leg);
    return found ? ms(found.at) : null;
  };
  const sent = timeline.find(({ type }) => type === 'request_sent');
  const asked = timeline.find(({ type }) => type === 'challenge_required');
  const answered = sent && timeline.find(({ seq, to }) => seq > sent.seq && to !== 'processing');
  const shown = page('challenge_shown');
  const typed = page('first_input');
  const ended = asked ? over : null;
  const [methodStart, methodEnd] = [page('method_started'), page('method_finished')];
  return [
    span('preparation', 'Before the issuer was asked', ms(created.at), sent ? ms(sent.at) : over),
    ...(methodStart === null ? [] : [span('method', '3DS Method', methodStart, methodEnd, true)]),
    ...(sent
      ? [
          span(
            'answer',
            letter === null ? 'Waiting for an answer' : 'Issuer’s answer',
            ms(sent.at),
            answered ? ms(answered.at) : over,
          ),
        ]
      : []),
    ...(asked ? [span('challenge', 'Challenge', ms(asked.at), ended)] : []),
    ...(asked && shown !== null ? [untilTyped(shown, typed, ended)] : []),
    ...(asked && typed !== null ? [span('cardholder', 'Cardholder at work', typed, ended, true)] : []),
    ...(over === null ? [] : callbackSpan(over, completedAt)),
  ];
}

/** Of whoever was never seen to type nobody knows whether they did. */
const untilTyped = (shown: number, typed: number | null, ended: number | null): Span =>
  typed === null
    ? span('cardholder', 'With the cardholder', shown, ended, true)
    : span('cardholder', 'Until the cardholder typed', shown, typed, true);

/** Nothing is told where the merchant knew at the very moment. */
function callbackSpan(over: number, completedAt: string | null): readonly Span[] {
  if (completedAt === null || ms(completedAt) <= over) return [];
  return [span('callback', 'Until it was completed', over, ms(completedAt))];
}

const span = (kind: SpanKind, label: string, start: number, end: number | null, isInner = false): Span => ({
  kind,
  label,
  start,
  end,
  isInner,
});

/** Round distances between marks on a line of time: about five of them fit into `lengthMs`. */
export function tickMs(lengthMs: number): number {
  const rough = Math.max(lengthMs, 1) / 5;
  return TICKS.find((tick) => tick >= rough) ?? 86_400_000;
}

const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 3_600_000;
const TICKS: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12, 24].map((count) => count * HOUR),
];
