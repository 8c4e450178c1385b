import { styled } from '@mui/material/styles';
import { NARROW } from '../../theme/theme';
import type { Tone } from '../../theme/tokens';
import { Copyable } from '../../ui/Copyable';
import { Facts } from '../../ui/Facts';
import { Pill } from '../../ui/Pill';
import { Time } from '../../ui/Time';
import type { Callback, Delivery, SessionStory } from '../types';
import { wordFor } from '../words';
import { CALLBACK_WORDS, DELIVERY_PROBLEM_WORDS } from './words';

const Item = styled('article')(({ theme }) => ({
  display: 'grid',
  gap: 12,
  padding: 16,
  borderTop: `1px solid ${theme.tokens.line}`,
  '&:first-of-type': { borderTop: 0 },
  '& h3': { display: 'flex', alignItems: 'center', gap: 10, margin: 0, fontSize: 13, fontWeight: 620 },
  '& .tries': { overflowX: 'auto' },
  '& table': { borderCollapse: 'collapse', fontSize: 13 },
  '& th': { textAlign: 'left', fontSize: 12, fontWeight: 400, color: theme.tokens.soft },
  '& th, & td': { padding: '3px 20px 3px 0', whiteSpace: 'nowrap' },
  [theme.breakpoints.down(NARROW)]: { '& th, & td': { paddingRight: 12 }, '& td > span': { whiteSpace: 'normal' } },
}));

const STATES: Readonly<Record<Callback['state'], { label: string; tone: Tone }>> = {
  due: { label: 'Waiting', tone: 'info' },
  delivered: { label: 'Delivered', tone: 'good' },
  dead: { label: 'Given up', tone: 'bad' },
};

/** What the merchant was told, and how each try at it went. */
export function Callbacks({ session }: { readonly session: SessionStory }) {
  return (
    <div>
      {session.callbacks.map((callback) => (
        <Message key={callback.id} callback={callback} />
      ))}
      {session.callbacks.length === 0 && <Item>{reasonForNone(session)}</Item>}
    </div>
  );
}

function reasonForNone({ callback_url: url, final_at: end }: SessionStory): string {
  if (url === null) return 'The merchant gave no callback address, so there is nothing to send.';
  return end === null ? 'The merchant is told when the session ends.' : 'No callback is kept for this session.';
}

function Message({ callback }: { readonly callback: Callback }) {
  const { label, tone } = STATES[callback.state];
  return (
    <Item aria-label={wordFor(CALLBACK_WORDS, callback.kind)}>
      <h3>
        {wordFor(CALLBACK_WORDS, callback.kind)} <Pill tone={tone}>{label}</Pill>
        {callback.resend_at !== null && <Pill tone="busy">Being sent again</Pill>}
      </h3>
      <Facts
        facts={[
          ['Message', <Copyable key="id" text={callback.id} name="message id" />],
          ['Address', callback.url],
          ['Since', <Time key="at" at={callback.created_at} as="full" />],
          ['Delivered', callback.delivered_at && <Time at={callback.delivered_at} as="full" />],
          ['Next try', callback.next_try_at && <Time at={callback.next_try_at} as="relative" />],
        ]}
      />
      {callback.deliveries.length > 0 && <Tries deliveries={callback.deliveries} />}
    </Item>
  );
}

function Tries({ deliveries }: { readonly deliveries: readonly Delivery[] }) {
  return (
    <div className="tries">
      <table>
        <thead>
          <tr>
            {['Try', 'At', 'Answer', 'Took'].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {deliveries.map((delivery) => (
            <tr key={delivery.try}>
              <td>{delivery.try}</td>
              <td>
                <Time at={delivery.at} />
              </td>
              <td>
                <Answer delivery={delivery} />
              </td>
              <td>{delivery.duration_ms} ms</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Answer({ delivery: { status, problem } }: { readonly delivery: Delivery }) {
  const words = [status === null ? null : `HTTP ${status}`, problem && wordFor(DELIVERY_PROBLEM_WORDS, problem)];
  return <Pill tone={problem === null ? 'good' : 'bad'}>{words.filter(Boolean).join(' · ')}</Pill>;
}
