/** What the generated contact types are for, by number from 1. */
export const purposes: readonly string[] = Object.freeze(
  'Shipping, Billing, Technical, Service, Administrative, Sales, Accounts Payable, Purchasing, Legal, Emergency, Support, Installation, Management, Executive, Marketing, Compliance, Security, Network Operations, Field Operations, Facilities, Training, Renewals, Collections, Audit, Reporting, Provisioning, Porting, Warehouse, Returns, Partner, Reseller, Data Protection, Human Resources, Quality, Research, Press, Events, Loyalty, Migration, Archive'.split(
    ', ',
  ),
);
