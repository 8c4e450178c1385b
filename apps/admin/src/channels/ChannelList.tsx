import type { FilterField } from '../list/filter-field';
import { ListPage } from '../list/ListPage';
import type { ChannelLine } from '../merchants/types';
import { useMerchantField } from '../merchants/use-merchant-field';
import { ENVIRONMENTS } from '../merchants/words';
import { CHANNEL_COLUMNS } from './columns';

/** Sales channels of all merchants in scope. */
export function ChannelList() {
  const fields: readonly FilterField[] = [
    useMerchantField(),
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
