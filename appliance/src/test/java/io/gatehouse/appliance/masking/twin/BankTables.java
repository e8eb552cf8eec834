package io.gatehouse.appliance.masking.twin;

import java.util.List;
import java.util.stream.Stream;

/** The bank's tables and views as the generator sees them, and how they are joined. */
final class BankTables {
  static final List<Relation> ALL =
      List.of(
          Relation.of(
              "bank.customers",
              "customer_id:int branch_id:int adviser_id:int first_name:text last_name:text"
                  + " full_name:text segment:word country:text since:date active:bool"
                  + " languages:texts preferences:json ssn:text! date_of_birth:date!"
                  + " birth_year:int! email:text! phone:text! annual_income:int! pep:bool!"
                  + " risk_score:float! aliases:texts! password_hash:bytes! portal_id:uuid!"),
          Relation.of(
              "bank.addresses",
              "address_id:int customer_id:int kind:text line:text! postcode:text! city:text"
                  + " country:text valid_from:date"),
          Relation.of(
              "bank.accounts",
              "account_id:int customer_id:int kind:word currency:text balance:decimal"
                  + " overdraft:decimal available:decimal opened:date closed:date iban:text!"
                  + " iban_country:text!"),
          Relation.of(
              "bank.cards",
              "card_id:int account_id:int brand:word issued:date expires:date blocked:bool"
                  + " monthly_limit:int pan:text! pin_block:bytes!"),
          Relation.of(
              "bank.transactions",
              "transaction_id:int account_id:int card_id:int booked:instant value_day:date"
                  + " amount:decimal currency:text category:text tags:texts counterparty_iban:text!"
                  + " remittance:text!"),
          Relation.of(
              "bank.transactions_2025h1",
              "transaction_id:int account_id:int value_day:date amount:decimal category:text"
                  + " counterparty_iban:text!"),
          Relation.of(
              "bank.loans",
              "loan_id:int customer_id:int product:text principal:decimal outstanding:decimal"
                  + " percent:decimal term_months:int started:date days_overdue:int"
                  + " collateral_value:int!"),
          Relation.of(
              "bank.payments",
              "payment_id:int account_id:int state:word amount:decimal currency:text"
                  + " submitted:instant settled:instant reference:uuid creditor_name:text!"
                  + " creditor_iban:text!"),
          Relation.of(
              "bank.kyc_documents",
              "document_id:int customer_id:int kind:text received:date expires:date verified:bool"
                  + " checks:json document:json! scan:bytes!"),
          Relation.of(
              "bank.devices",
              "device_id:int customer_id:int platform:text enrolled:instant trusted:bool"
                  + " last_ip:inet! push_token:uuid!"),
          Relation.of(
              "bank.disputes",
              "dispute_id:int reason:word amount:decimal opened:date closed:date won:bool"
                  + " card_pan:text! statement:text!"),
          Relation.of(
              "hr.employees",
              "employee_id:int branch_id:int manager_id:int name:text title:text hired:date"
                  + " skills:texts work_email:text salary:decimal! bonus:decimal! rating:word!"
                  + " sick_days:int! medical_leave_until:instant! national_id:text!"),
          Relation.of(
              "ref.branches",
              "branch_id:int name:text city:text country:text opened:date parent_id:int"
                  + " opening_hours:json"),
          Relation.of(
              "audit.events",
              "event_id:int at:instant actor:text action:text object:text details:json"),
          Relation.of(
              "bank.v_contacts",
              "customer_id:int name:text mail:text! call_number:text! country:text"),
          Relation.of(
              "bank.v_account_overview",
              "account_id:int customer_id:int full_name:text account_number:text! kind:word"
                  + " currency:text balance:decimal branch:text"),
          Relation.of("bank.v_ages", "customer_id:int segment:word age_band:int!"),
          Relation.of(
              "hr.v_directory",
              "employee_id:int name:text title:text branch_id:int work_email:text"));

  /**
   * Two relations with a column each that holds the same whole numbers.
   *
   * @param column of the one that has many rows for one of the other
   */
  record Link(Relation many, String column, Relation one) {}

  static final List<Link> LINKS =
      Stream.of(
              "bank.customers branch_id ref.branches",
              "bank.customers adviser_id hr.employees",
              "bank.addresses customer_id bank.customers",
              "bank.accounts customer_id bank.customers",
              "bank.cards account_id bank.accounts",
              "bank.transactions account_id bank.accounts",
              "bank.transactions card_id bank.cards",
              "bank.transactions_2025h1 account_id bank.accounts",
              "bank.loans customer_id bank.customers",
              "bank.payments account_id bank.accounts",
              "bank.kyc_documents customer_id bank.customers",
              "bank.devices customer_id bank.customers",
              "bank.disputes dispute_id bank.cards",
              "hr.employees branch_id ref.branches",
              "hr.employees manager_id hr.employees",
              "audit.events event_id bank.payments",
              "bank.v_contacts customer_id bank.customers",
              "bank.v_account_overview customer_id bank.customers",
              "bank.v_ages customer_id bank.customers",
              "bank.loans customer_id bank.v_contacts",
              "bank.cards account_id bank.v_account_overview",
              "hr.v_directory branch_id ref.branches")
          .map(text -> text.split(" ", -1))
          .map(parts -> new Link(named(parts[0]), parts[1], named(parts[2])))
          .toList();

  private BankTables() {}

  static Relation named(String name) {
    return ALL.stream().filter(relation -> relation.sql().equals(name)).findFirst().orElseThrow();
  }
}
