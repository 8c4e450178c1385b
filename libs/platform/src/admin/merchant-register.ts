/** Which merchants there are, for libs that only know their ids. The server binds it. */
export interface MerchantRegister {
  /** Whether each of these (UUIDs) is a merchant. */
  haveAll(merchantIds: readonly string[]): Promise<boolean>;
}

/** DI token of `MerchantRegister`. */
export const MERCHANT_REGISTER = Symbol('MERCHANT_REGISTER');
