import { styled } from '@mui/material/styles';
import { useMe } from '../session/me';
import { Notice } from '../ui/Notice';
import type { Traffic } from './types';

const Place = styled('div')({ padding: '2px 16px 14px' });

const BY_BIN: readonly string[] = ['issuer', 'issuer_country', 'card_type'];

interface NobodyKnownProps {
  readonly by: string;
  readonly traffic: Traffic;
}

/** Why not one value is known of what BINs tell, and what can be done about it; nothing of other dimensions. */
export function NobodyKnown({ by, traffic }: NobodyKnownProps) {
  const me = useMe();
  if (!BY_BIN.includes(by)) return null;
  const mayLoad = me?.role === 'admin' && me.all_merchants;
  return (
    <Place>
      <Notice kind="info">
        Whose cards these are is not known: no table of BINs that has them is loaded, and no upstream told of them.{' '}
        {mayLoad ? (
          <>
            Load one where the server runs:{' '}
            <code>npm run cli -- bins load FILE --environment {traffic === 'live' ? 'live' : 'test'}</code>. What the
            file holds is in docs/operations.md, “Whose cards are”.
          </>
        ) : (
          'An administrator can load one; it tells of the past too.'
        )}
      </Notice>
    </Place>
  );
}
