/** Breaks every promise once, after the fact: an audit that finds nothing then would find nothing ever. */
import pg from 'pg';

export async function sabotage(house, ledger, received) {
  const client = new pg.Client({ connectionString: house.databaseUrl });
  await client.connect();
  const { rows } = await client.query(
    'SELECT id, reference, status FROM session WHERE refusal_code IS NULL ORDER BY id',
  );
  const told = rows.filter(({ reference }) => ledger.get(reference).ids.size > 0);
  const taken = new Set();
  const take = (fits) => {
    const found = told.find((session) => !taken.has(session) && fits(session));
    if (found === undefined) throw new Error('There is nothing to break: too few sessions');
    taken.add(found);
    return found;
  };
  const any = () => true;
  const by = (kind, status) => (session) => ledger.get(session.reference).kind === kind && session.status === status;
  const set = (session, columns) => client.query(`UPDATE session SET ${columns} WHERE id = $1`, [session.id]);
  try {
    await set(take(by('challenged', 'approved')), `status = 'declined'`);
    await set(take(by('frictionless', 'declined')), `status = 'approved'`);
    await set(take(any), `status = 'processing', final_at = NULL, deadline_at = now() + interval '1 day'`);
    await client.query('DELETE FROM session WHERE id = $1', [take(any).id]);
    await client.query('DELETE FROM session_event WHERE session_id = $1 AND seq = 0', [take(any).id]);
    await client.query('UPDATE card_token SET sealed = NULL, spent_by = gen_random_uuid()');
    ledger.get(take(any).reference).ids.add('sid_another');
    const isTold = ({ reference }) => received.has(reference);
    received.delete(take(isTold).reference);
    const [message] = received.get(take(isTold).reference);
    message.status = 'other';
  } finally {
    await client.end();
  }
}
