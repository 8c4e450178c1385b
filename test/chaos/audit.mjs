/** What must be true after all the killing: every promise is a function that names who breaks it. */
import pg from 'pg';
import { sleep } from '../../scripts/lib/processes.mjs';

const FINAL = ['approved', 'attempted', 'declined', 'rejected', 'unavailable', 'challenge_abandoned', 'expired'];

const SESSIONS = `
  SELECT s.id, s.reference, s.status, s.refusal_code, s.event_seq, s.version, a.transaction_id,
         m.id IS NOT NULL AS owed, m.delivered_at IS NOT NULL AS delivered
  FROM session s
  LEFT JOIN attempt a ON a.session_id = s.id AND a.number = s.attempt_number
  LEFT JOIN callback_message m ON m.session_id = s.id`;
const TOKENS = `
  SELECT t.id, t.sealed IS NULL AS erased, s.reference FROM card_token t LEFT JOIN session s ON s.id = t.spent_by
  WHERE t.spent_by IS NOT NULL`;
const EVENTS = 'SELECT session_id, seq, type, from_status, to_status FROM session_event ORDER BY session_id, seq';
const UNFINISHED = `
  SELECT (SELECT count(*)::int FROM session WHERE final_at IS NULL) AS open,
         (SELECT count(*)::int FROM session s WHERE final_at IS NOT NULL AND refusal_code IS NULL AND NOT EXISTS
           (SELECT 1 FROM callback_message m WHERE m.session_id = s.id AND m.delivered_at IS NOT NULL)) AS untold`;

async function withDatabase(house, work) {
  const client = new pg.Client({ connectionString: house.databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Waits until every deadline has passed and every callback is delivered, for at most `withinMs`. Gives what is left. */
export const awaitRest = (house, withinMs) =>
  withDatabase(house, async (client) => {
    const until = performance.now() + withinMs;
    for (;;) {
      const [left] = (await client.query(UNFINISHED)).rows;
      if ((left.open === 0 && left.untold === 0) || performance.now() > until) return left;
      await sleep(250);
    }
  });

/** All broken promises, in words; none, one hopes. */
export async function audit(house, ledger, received) {
  const { sessions, stories, tokens } = await withDatabase(house, async (client) => {
    const events = Map.groupBy((await client.query(EVENTS)).rows, (event) => event.session_id);
    const spent = (await client.query(TOKENS)).rows;
    return { sessions: (await client.query(SESSIONS)).rows, stories: events, tokens: spent };
  });
  const byReference = Map.groupBy(sessions, ({ reference }) => reference);
  const transactions = new Map();
  for (const { transaction_id: id } of sessions) if (id !== null) transactions.set(id, await house.transaction(id));
  const world = { sessions, stories, tokens, byReference, transactions, ledger, received };
  const broken = Object.entries(PROMISES).flatMap(([promise, breaches]) =>
    breaches(world).map((breach) => `${promise}: ${breach}`),
  );
  return { broken, sessions, statuses: countBy(sessions, ({ status }) => status) };
}

const PROMISES = {
  'an answered session exists exactly once': ({ ledger, byReference }) =>
    [...ledger.values()]
      .filter(({ ids, reference }) => ids.size > 0 && byReference.get(reference)?.length !== 1)
      .map((entry) => tell(entry, `${byReference.get(entry.reference)?.length ?? 0} sessions`)),

  'no request made two sessions': ({ ledger, byReference }) =>
    [...ledger.values()]
      .filter(({ ids, reference }) => ids.size > 1 || (byReference.get(reference)?.length ?? 0) > 1)
      .map((entry) => tell(entry, `${[...entry.ids].join()}, ${byReference.get(entry.reference)?.length} rows`)),

  'every session is final': ({ sessions }) =>
    sessions.filter(({ status }) => !FINAL.includes(status)).map((session) => tell(session, session.status)),

  'every owed callback arrived': ({ sessions, received }) =>
    sessions
      .filter(({ refusal_code: refusal }) => refusal === null)
      .filter(({ reference, owed, delivered }) => !owed || !delivered || !received.has(reference))
      .map((session) => tell(session, `owed ${session.owed}, delivered ${session.delivered}`)),

  'a callback says what is true': ({ received, byReference }) =>
    [...received].flatMap(([reference, messages]) =>
      messages
        .filter(({ status }) => status !== byReference.get(reference)?.[0]?.status)
        .map(({ status }) => `${reference} was told ${status}, is ${byReference.get(reference)?.[0]?.status}`),
    ),

  'a final status that was told stays': ({ ledger, byReference }) =>
    [...ledger.values()]
      .filter(({ told, reference }) =>
        told.some((status) => FINAL.includes(status) && status !== byReference.get(reference)?.[0]?.status),
      )
      .map((entry) => tell(entry, `told ${entry.told.join()}, is ${byReference.get(entry.reference)?.[0]?.status}`)),

  'a result that the issuer delivered is kept': ({ sessions, stories, transactions }) =>
    sessions.flatMap((session) => {
      const results = transactions.get(session.transaction_id)?.rreqs ?? [];
      const delivered = results.find(({ answer }) => answer.body?.resultsStatus === '01');
      if (delivered?.rreq.transStatus !== 'Y' || session.status === 'approved') return [];
      // After its deadline a session takes no result any more; that it came is kept.
      const story = (stories.get(session.id) ?? []).map(({ type }) => type);
      if (story.includes('deadline_passed') && story.includes('notice_without_effect')) return [];
      return [tell(session, `approved by the issuer, ${session.status} here: ${story.join()}`)];
    }),

  'nothing is approved that the issuer did not approve': ({ sessions, transactions }) =>
    sessions
      .filter(({ status }) => status === 'approved')
      .filter(({ transaction_id: id }) => {
        const known = transactions.get(id);
        const letters = [known?.ares?.transStatus, ...(known?.rreqs ?? []).map(({ rreq }) => rreq.transStatus)];
        return !letters.includes('Y');
      })
      .map((session) => tell(session, 'approved here only')),

  'a spent token has its session': ({ tokens }) =>
    tokens.filter(({ reference, erased }) => reference === null || !erased).map(({ id }) => `token ${id}`),

  'a story has no gap, and one end': ({ sessions, stories }) =>
    sessions.flatMap((session) => {
      const story = stories.get(session.id) ?? [];
      const gap = story.length !== session.event_seq || story.some(({ seq }, index) => seq !== index);
      const torn = story.some((line, index) => index > 0 && line.from_status !== story[index - 1].to_status);
      const left = story.some((line) => FINAL.includes(line.from_status) && line.from_status !== line.to_status);
      const elsewhere = story.at(-1)?.to_status !== session.status;
      return gap || torn || left || elsewhere ? [tell(session, JSON.stringify(story))] : [];
    }),
};

const tell = ({ kind, reference }, what) => `${kind ?? 'a session'} ${reference}: ${what}`;

const countBy = (items, keyOf) => {
  const counts = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
};
