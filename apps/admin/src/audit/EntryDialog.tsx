import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useId } from 'react';
import { MerchantLink } from '../merchants/MerchantLink';
import { Copyable } from '../ui/Copyable';
import { Facts } from '../ui/Facts';
import { IdLink } from '../ui/IdLink';
import { Time } from '../ui/Time';
import { differencesIn } from './changes';
import { ChangeTable } from './ChangeTable';
import type { AuditEntry } from './types';
import { actWords } from './words';

/** All of an entry: who did what, on what, why, and each member as it was and as it is. */
export function EntryDialog({ entry, onClose }: { readonly entry: AuditEntry; readonly onClose: () => void }) {
  const titleId = useId();
  const { seq, at, act, actor, subject, merchant_id: merchant, reason, address, request_id: request } = entry;
  const changes = differencesIn(entry);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>
        {actWords(act)}, entry {seq}
      </DialogTitle>
      <DialogContent>
        <Facts
          facts={[
            ['When', <Time key="at" at={at} as="full" />],
            [
              'Who',
              actor.id === null ? (
                actor.name
              ) : (
                <IdLink key="who" id={actor.id} name="id of who did it" isWords>
                  {actor.name}
                </IdLink>
              ),
            ],
            ['On what', <IdLink key="subject" id={subject} name="subject" />],
            ['Merchant', merchant === null ? null : <MerchantLink key="merchant" id={merchant} />],
            ['Act', act],
            ['From where', address],
            ['Request', request === null ? null : <Copyable key="request" text={request} name="request id" />],
            ['Why', reason, 'line'],
          ]}
        />
        {changes.length > 0 ? <ChangeTable changes={changes} /> : <p>Nothing was changed by it.</p>}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} autoFocus>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}
