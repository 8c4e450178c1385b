import Button from '@mui/material/Button';
import { notifyManager, useQueryClient, type Query, type QueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { useRefreshing } from './use-refreshing';
import { explain, isPassing } from '../providers/errors';
import { PART } from '../providers/part';
import { Notice } from './Notice';
import { Time } from './Time';
import { useAct } from './use-act';

/** What is shown, or is a part of it, and could not be loaded when it was asked for last. */
const isOutdated = ({ state: { status, data }, meta }: Query): boolean =>
  status === 'error' && (data !== undefined || meta?.['isPart'] === PART.isPart);

/** What of the screen is, the one first that was loaded longest ago or never. */
const outdated = (client: QueryClient): readonly Query[] =>
  client
    .getQueryCache()
    .findAll({ type: 'active', predicate: isOutdated })
    .sort((one, other) => one.state.dataUpdatedAt - other.state.dataUpdatedAt);

/** What of that may be there again by itself. */
const mayComeBack = (query: Query): boolean => isOutdated(query) && isPassing(query.state.error);

/** When it was loaded last; 0 for never. */
const loadedAt = ({ state }: Query): number => state.dataUpdatedAt;

function useOldest(): Query | undefined {
  const client = useQueryClient();
  const subscribe = useCallback(
    (tell: () => void) => client.getQueryCache().subscribe(notifyManager.batchCalls(tell)),
    [client],
  );
  return useSyncExternalStore(subscribe, () => outdated(client)[0]);
}

/**
 * Says that something on the screen is no longer known to be so: it stays as it was, and asking for it again has failed;
 * it is asked for again every ten seconds.
 * Nothing as long as everything is well. It looks at all that is shown, so each screen has it once.
 */
export function Outdated() {
  const client = useQueryClient();
  const oldest = useOldest();
  const again = useAct(async () => {
    await client.refetchQueries({ type: 'active', predicate: isOutdated });
  });
  // Some of it is asked for once a minute only: who was told that it is old is told soon that it no longer is.
  useRefreshing(() => client.refetchQueries({ type: 'active', predicate: mayComeBack }, { cancelRefetch: false }));
  if (!oldest) return null;
  return (
    <div role="status">
      <Notice
        kind="warn"
        action={
          <Button variant="outlined" color="inherit" disabled={again.isBusy} onClick={() => void again.run()}>
            Try again
          </Button>
        }
      >
        {loadedAt(oldest) === 0 ? (
          'Some of this could not be loaded.'
        ) : (
          <>
            Shown as of <Time at={new Date(loadedAt(oldest)).toISOString()} />; it could not be loaded since.
          </>
        )}{' '}
        {explain(oldest.state.error).title}.
      </Notice>
    </div>
  );
}
