/** What cardholders see: pure functions from a model to HTML. */
export type { Purchase } from './amount';
export type { HostedAssets } from './document';
export { renderHostedNotice, type HostedNoticeModel } from './hosted-notice';
export { renderHostedPage } from './hosted-page';
export type { HostedPageModel, PageBrand } from './hosted-page.model';
export { choosePageLanguage, type PageLanguage } from './language';
export type { NoticeName } from './words';
