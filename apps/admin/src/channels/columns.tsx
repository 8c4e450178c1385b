import type { Column } from '../list/column';
import type { ChannelLine } from '../merchants/types';
import { MerchantName } from '../merchants/MerchantName';
import { CONNECTOR_NAMES, wordFor } from '../sessions/words';
import { idCell } from '../ui/cells';
import { Time } from '../ui/Time';

/** All that a line of the list of channels can show. */
export const CHANNEL_COLUMNS: readonly Column<ChannelLine>[] = [
  { name: 'name', label: 'Name', isUsual: true, sort: 'name', maxWidth: 260, card: 'lead', render: ({ name }) => name },
  {
    name: 'merchant',
    label: 'Merchant',
    isUsual: true,
    maxWidth: 220,
    card: 'line',
    render: ({ merchant_id: id }) => <MerchantName id={id} />,
  },
  {
    name: 'environment',
    label: 'Environment',
    isUsual: true,
    card: 'side',
    render: ({ environment }) => environment,
  },
  {
    name: 'connectors',
    label: 'Connectors, in order',
    isUsual: true,
    card: 'line',
    render: ({ connectors }) => connectors.map((one) => wordFor(CONNECTOR_NAMES, one)).join(' → '),
  },
  {
    name: 'created_at',
    label: 'Since',
    isUsual: true,
    sort: 'created_at',
    card: 'labelled',
    render: ({ created_at: at }) => <Time at={at} />,
  },
  { name: 'id', label: 'Id', isUsual: true, render: ({ id }) => idCell(id, 'channel id') },
];
