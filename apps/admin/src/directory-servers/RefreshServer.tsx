import { perform } from '../providers/acts';
import { useMe } from '../session/me';
import { ReasonedAct } from '../ui/ReasonedAct';
import { useDone } from '../ui/use-done';
import type { DirectoryServer } from './types';

/** Directory servers are the whole installation's: whose scope is some merchants only looks. */
export function useMayRefresh(): boolean {
  const me = useMe();
  return me?.all_merchants === true && me.permissions.includes('directory_servers.act');
}

/** Has a directory server asked for its ranges now. */
export function RefreshServer({ server }: { readonly server: DirectoryServer }) {
  const done = useDone();
  return (
    <ReasonedAct
      label="Refresh now"
      explanation={[
        'The directory server is asked for its card ranges within five seconds.',
        'The present ones serve until the new ones are stored.',
      ]}
      onDo={async (given) => {
        await perform('POST directory-servers/{id}/refresh', given, { path: { id: server.id } });
        await done('The directory server is asked.');
      }}
    />
  );
}
