import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { styled } from '@mui/material/styles';
import { useParams, useSearchParams } from 'react-router-dom';
import { money } from '../format/money';
import { useRefreshing } from '../ui/use-refreshing';
import { useOne } from '../providers/use-one';
import { NARROW } from '../theme/theme';
import { Copyable } from '../ui/Copyable';
import { Found } from '../ui/Found';
import { Page } from '../ui/Page';
import { Section } from '../ui/Section';
import { Time } from '../ui/Time';
import { Card } from './Card';
import { DemoMark } from './DemoMark';
import { Issuer } from './Issuer';
import { MerchantLink } from '../merchants/MerchantLink';
import { Acts } from './show/Acts';
import { Attempts } from './show/Attempts';
import { Callbacks } from './show/Callbacks';
import { Messages } from './show/Messages';
import { Raw } from './show/Raw';
import { RequestFacts } from './show/RequestFacts';
import { Story } from './show/Story';
import { Timeline } from './show/Timeline';
import { VerdictCard } from './show/VerdictCard';
import { StatusPill } from './StatusPill';
import type { SessionStory } from './types';

const Heading = styled('span')({ display: 'inline-flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 10px' });

const Line = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '8px 14px',
  marginTop: -10,
  // Acts may stand right above it.
  [theme.breakpoints.down(NARROW)]: { marginTop: 0 },
  fontSize: 13,
  color: theme.tokens.soft,
}));

const BACK = { to: '/sessions', label: 'Sessions' };

const TABS = [
  { name: 'messages', label: 'Messages', show: Messages },
  { name: 'story', label: 'Story', show: Story },
  { name: 'callbacks', label: 'Callbacks', show: Callbacks },
  { name: 'attempts', label: 'Attempts', show: Attempts },
  { name: 'request', label: 'Request', show: RequestFacts },
  { name: 'raw', label: 'Raw', show: ({ session }: { readonly session: SessionStory }) => <Raw value={session} /> },
] as const;

/** Screen 3: one session, from what it means down to every field of every message. */
export function SessionShow() {
  const { id = '' } = useParams();
  const query = useOne('sessions', id);
  useRefreshing(() => (query.data && isMoving(query.data) ? query.refetch() : undefined));
  return (
    <Found query={query} what="session" back={BACK}>
      {(session) => <Shown session={session} />}
    </Found>
  );
}

function Shown({ session }: { readonly session: SessionStory }) {
  const amount = money({ amountMinor: session.amount, currency: session.currency });
  return (
    <Page
      title={`${amount} · ${session.reference ?? session.id}`}
      heading={
        <Heading>
          {amount} <StatusPill status={session.status} /> {session.is_demo && <DemoMark />}
        </Heading>
      }
      back={BACK}
      actions={<Acts session={session} />}
    >
      <Line>
        <MerchantLink id={session.merchant_id} />
        {session.reference !== null && <Copyable text={session.reference} name="reference" />}
        <Card session={session} />
        <Issuer session={session} />
        <Time at={session.created_at} as="full" />
        <Copyable text={session.id} name="session id" />
      </Line>
      <VerdictCard session={session} />
      {session.refusal_code === null && (
        <Section title="Where the time went">
          <Timeline session={session} />
        </Section>
      )}
      <Details session={session} />
    </Page>
  );
}

/** Whether there is more to come by itself. */
const isMoving = ({ final_at: end, callbacks }: SessionStory): boolean =>
  end === null || callbacks.some(({ state, resend_at: again }) => state === 'due' || again !== null);

const Box = styled('section')(({ theme }) => ({
  minWidth: 0,
  border: `1px solid ${theme.tokens.line}`,
  borderRadius: 10,
  background: theme.tokens.surface,
  '& .MuiTabs-root': { padding: '0 16px' },
}));

/** Everything else, one tab at a time; which one stands in the address. */
function Details({ session }: { readonly session: SessionStory }) {
  const [search, setSearch] = useSearchParams();
  const tab = TABS.find(({ name }) => name === search.get('tab')) ?? TABS[0];
  const Shown = tab.show;
  return (
    <Box aria-label="Details">
      <Tabs
        value={tab.name}
        onChange={(_, name: string) => setSearch({ tab: name }, { replace: true })}
        variant="scrollable"
      >
        {TABS.map(({ name, label }) => (
          <Tab key={name} value={name} label={label} id={`tab-${name}`} aria-controls={`panel-${name}`} />
        ))}
      </Tabs>
      <div role="tabpanel" id={`panel-${tab.name}`} aria-labelledby={`tab-${tab.name}`}>
        <Shown session={session} />
      </div>
    </Box>
  );
}
