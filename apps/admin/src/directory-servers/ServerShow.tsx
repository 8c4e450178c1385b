import { styled } from '@mui/material/styles';
import { Link, useParams } from 'react-router-dom';
import { Expiry } from '../connector-accounts/Expiry';
import { useRefreshing } from '../ui/use-refreshing';
import { useOne } from '../providers/use-one';
import { SCHEME_NAMES, wordFor } from '../sessions/words';
import { CountLink } from '../ui/CountLink';
import { Facts, type Fact } from '../ui/Facts';
import { Found } from '../ui/Found';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';
import { Section } from '../ui/Section';
import { Time } from '../ui/Time';
import { RefreshServer, useMayRefresh } from './RefreshServer';
import type { DirectoryServer } from './types';
import { errorRateOf, latencyOf, sessionsAsked, statePill, versionsOf } from './words';

const Soft = styled('p')(({ theme }) => ({ margin: '10px 0 0', fontSize: 13, color: theme.tokens.soft }));

const BACK = { to: '/directory-servers', label: 'Directory servers' };

/** How one directory server stands: its ranges, its answers, its certificate. */
export function ServerShow() {
  const { id = '' } = useParams();
  const query = useOne('directory-servers', id);
  useRefreshing(query.refetch);
  return (
    <Found query={query} what="directory server" back={BACK}>
      {(server) => <Shown server={server} />}
    </Found>
  );
}

const time = (at: string | null) => at && <Time at={at} as="full" />;

function figures(server: DirectoryServer, last: '1h' | '24h'): readonly Fact[] {
  const of = last === '1h' ? server.last_hour : server.last_day;
  const all = sessionsAsked(server, last, 'all');
  const unanswered = sessionsAsked(server, last, 'unanswered');
  return [
    ['Authentication requests', <CountLink key="calls" count={of.calls} to={all} />],
    ['Without an ARes', <CountLink key="failed" count={of.failed} to={unanswered} />],
    ['Error rate', of.failed === 0 ? errorRateOf(of) : <Link to={unanswered}>{errorRateOf(of)}</Link>],
    ['Latency, p50 / p95', of.calls === 0 ? latencyOf(of) : <Link to={all}>{latencyOf(of)}</Link>],
  ];
}

const HOW_COUNTED = 'Of all replicas, as they are made. The lists have the sessions that were created in that time.';

function Shown({ server }: { readonly server: DirectoryServer }) {
  const mayRefresh = useMayRefresh();
  const { certificate } = server;
  const name = wordFor(SCHEME_NAMES, server.directory_server);
  return (
    <Page
      title={`${name}, ${server.environment}`}
      heading={
        <>
          {name} {statePill(server)}
        </>
      }
      back={BACK}
      actions={mayRefresh && <RefreshServer server={server} />}
    >
      {server.last_error !== null && <Notice kind="warn">Ranges were last refused with: {server.last_error}</Notice>}
      {certificate !== null && certificate.days_left <= 7 && (
        <Notice kind="bad">
          Its certificate {certificate.days_left <= 0 ? 'has ended' : 'is about to end'}: the directory server has to
          replace it, or no request reaches it.
        </Notice>
      )}
      <Section title="How it stands">
        <Facts
          facts={[
            ['Environment', server.environment],
            ['Versions', versionsOf(server)],
            ['Address', server.url],
            ['Card ranges', server.ranges.toLocaleString('en')],
            ['Ranges from', time(server.ranges_loaded_at)],
            ['Last asked', time(server.last_attempt_at)],
            ['Next refresh', server.next_attempt_at === null ? 'now' : time(server.next_attempt_at)],
          ]}
        />
      </Section>
      <Section title="Last hour">
        <Facts facts={figures(server, '1h')} />
      </Section>
      <Section title="Last 24 hours">
        <Facts facts={figures(server, '24h')} />
        <Soft>{HOW_COUNTED}</Soft>
      </Section>
      <Section title="Certificate">
        {certificate === null ? (
          'None was seen: the address is not https, or nothing has been asked since.'
        ) : (
          <Facts
            facts={[
              ['Ends', <Expiry key="ends" at={certificate.not_after} />],
              ['Valid to', time(certificate.not_after)],
              ['Valid from', time(certificate.not_before)],
              ['Subject', certificate.subject],
              ['Issued by', certificate.issuer],
              ['Last seen', time(certificate.seen_at)],
            ]}
          />
        )}
      </Section>
    </Page>
  );
}
