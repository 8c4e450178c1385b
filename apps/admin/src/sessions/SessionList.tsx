import Button from '@mui/material/Button';
import { BulkActs } from '../jobs/BulkActs';
import { SESSION_BULK_ACTS } from '../jobs/bulk-acts';
import type { ListAddress } from '../list/list-address';
import { ListPage } from '../list/ListPage';
import { useMerchantField } from '../merchants/use-merchant-field';
import { addressOf } from '../providers/http';
import { resolved } from '../providers/list-query';
import { useMe } from '../session/me';
import { SESSION_COLUMNS } from './columns';
import { sessionFields } from './fields';
import type { SessionLine } from './types';
import { SESSION_VIEWS } from './views';

const EXPORTS = [
  { format: 'csv', label: 'Export CSV' },
  { format: 'ndjson', label: 'Export NDJSON' },
] as const;

/** All that the filter finds, whichever page is shown. */
const exportQuery = ({ filter, sort }: ListAddress, format: string): Record<string, string> => ({
  filter: JSON.stringify(resolved(filter, new Date())),
  sort,
  format,
});

/** Screen 2: every session, and what can be done with many of them. */
export function SessionList() {
  const me = useMe();
  // Many at once are a job of the server.
  const mayAct = me?.features.includes('jobs') === true && me.permissions.includes('sessions.act');
  return (
    <ListPage<SessionLine>
      resource="sessions"
      title="Sessions"
      columns={SESSION_COLUMNS}
      fields={sessionFields(useMerchantField())}
      views={SESSION_VIEWS}
      usualSort="-created_at"
      pathOf={({ id }) => `/sessions/${id}`}
      actions={({ address }) =>
        EXPORTS.map(({ format, label }) => (
          <Button key={format} href={addressOf('sessions/export', exportQuery(address, format))} download>
            {label}
          </Button>
        ))
      }
      bulk={mayAct ? (props) => <BulkActs {...props} acts={SESSION_BULK_ACTS} /> : null}
      empty={{ title: 'No sessions yet', text: 'They come here as soon as a merchant creates one.' }}
    />
  );
}
