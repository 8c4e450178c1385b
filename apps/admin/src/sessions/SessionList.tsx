import { ListPage } from '../list/ListPage';
import { useMe } from '../session/me';
import { BulkActs } from './BulkActs';
import { SESSION_COLUMNS } from './columns';
import { sessionFields } from './fields';
import type { SessionLine } from './types';
import { useMerchantChoices } from './use-merchant-choices';
import { SESSION_VIEWS } from './views';

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
      fields={sessionFields(useMerchantChoices())}
      views={SESSION_VIEWS}
      usualSort="-created_at"
      pathOf={({ id }) => `/sessions/${id}`}
      bulk={mayAct ? (props) => <BulkActs {...props} /> : null}
      empty={{ title: 'No sessions yet', text: 'They come here as soon as a merchant creates one.' }}
    />
  );
}
