/** What an acquirer registered for a merchant with a scheme, as the admin API takes it. */
export const ACQUIRER_RECORD = {
  scheme: 'visa',
  acquirer_bin: '400551',
  acquirer_merchant_id: 'M-1',
  mcc: '5499',
  country_code: '826',
  merchant_name: 'Tea',
  requestor_id: 'R-1',
  requestor_name: 'Tea',
  requestor_url: 'https://tea.example',
} as const;
