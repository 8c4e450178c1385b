/** An id of ours, of which the first group is what tells its kind. */
export const OUR_ID = /^([a-z]{2,4})_\w{26}$/;
