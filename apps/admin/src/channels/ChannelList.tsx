import type { FilterField } from '../list/filter-field';
import { ListPage } from '../list/ListPage';
import type { ChannelLine } from '../merchants/types';
import { ENVIRONMENTS } from '../merchants/words';
import { useMerchantChoices } from '../sessions/use-merchant-choices';
import { CHANNEL_COLUMNS } from './columns';

/** Sales channels of all merchants in scope. */
export function ChannelList() {
  const merchants = useMerchantChoices();
  const fields: readonly FilterField[] = [
    { kind: 'words', name: 'merchant_id', label: 'Merchant', choices: merchants },
    { kind: 'words', name: 'environment', label: 'Environment', choices: ENVIRONMENTS },
    { kind: 'text', name: 'id', label: 'Channel id', hint: 'pc_ and 26 letters', maxLength: 29 },
  ];
  return (
    <ListPage<ChannelLine>
      resource="channels"
      title="Channels"
      columns={CHANNEL_COLUMNS}
      fields={fields}
      usualSort="-created_at"
      pathOf={({ id }) => `/channels/${id}`}
      empty={{ title: 'No channels', text: 'They are made on the page of a merchant.' }}
    />
  );
}
