package io.loremesh.screening;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.validator.routines.CreditCardValidator;
import org.apache.commons.validator.routines.CreditCardValidator.CreditCardRange;
import org.apache.commons.validator.routines.EmailValidator;
import org.apache.commons.validator.routines.IBANValidator;

/**
 * Numbers and addresses that lead to a person: telephone numbers (libphonenumber), e-mail addresses, payment cards and
 * IBANs (Commons Validator, with their check digits), Chinese and American ID numbers. A pattern proposes, a check
 * decides: a number whose check digit is wrong is a number like any other. Names and addresses in words are not found;
 * give them a rule.
 */
public final class PersonalData implements TextClassifier {
    /** What findings name as their rule. */
    public static final String RULE = "personal-data";

    private static final Pattern EMAIL =
            Pattern.compile("[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,8}");
    private static final Pattern CHINESE_ID = Pattern.compile("(?<![0-9A-Za-z])\\d{17}[0-9Xx](?![0-9A-Za-z])");
    private static final Pattern SOCIAL_SECURITY =
            Pattern.compile("(?<![\\d-])(?!000|666|9)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}(?![\\d-])");
    /** In groups of four, as American Express groups, or in one. */
    private static final Pattern CARD =
            Pattern.compile("(?<![\\w.])(?:\\d{4}([ -])\\d{4}\\1\\d{4}\\1\\d{4}(?:\\1\\d{1,3})?"
                    + "|\\d{4}([ -])\\d{6}\\2\\d{5}|\\d{13,19})(?![\\w])");

    private static final Pattern IBAN_START = Pattern.compile("(?<![0-9A-Za-z])[A-Z]{2}\\d{2}");

    private static final EmailValidator EMAILS = EmailValidator.getInstance();
    private static final IBANValidator IBANS = IBANValidator.getInstance();
    private static final CreditCardValidator CARDS = new CreditCardValidator(new CreditCardRange[] {
        new CreditCardRange("4", null, 13, 19), // Visa
        new CreditCardRange("51", "55", 16, 16), // Mastercard
        new CreditCardRange("2221", "2720", 16, 16), // Mastercard
        new CreditCardRange("62", null, 16, 19), // UnionPay
        new CreditCardRange("34", null, 15, 15), // American Express
        new CreditCardRange("37", null, 15, 15), // American Express
        new CreditCardRange("3528", "3589", 16, 19), // JCB
        new CreditCardRange("300", "305", 14, 19), // Diners Club
        new CreditCardRange("36", null, 14, 19), // Diners Club
        new CreditCardRange("6011", null, 16, 19), // Discover
        new CreditCardRange("644", "659", 16, 19), // Discover
    });

    private static final String CHINA = "CN";
    private static final List<String> REGIONS = List.of(CHINA, "US");
    /** A hotline leads to no person. */
    private static final Set<PhoneNumberType> PERSONAL = Set.of(
            PhoneNumberType.MOBILE,
            PhoneNumberType.FIXED_LINE,
            PhoneNumberType.FIXED_LINE_OR_MOBILE,
            PhoneNumberType.PERSONAL_NUMBER,
            PhoneNumberType.VOIP);

    private static final int FEWEST_PHONE_DIGITS = 7;

    @Override
    public List<Finding> classify(String text) {
        List<Finding> findings = new ArrayList<>();
        collect(text, "email", EMAIL, EMAILS::isValid, findings);
        if (text.chars().filter(Character::isDigit).count() >= FEWEST_PHONE_DIGITS) {
            collect(text, "national-id", CHINESE_ID, ChineseIdNumber::isValid, findings);
            collect(text, "national-id", SOCIAL_SECURITY, any -> true, findings);
            collect(text, "payment-card", CARD, card -> CARDS.isValid(card.replaceAll("[ -]", "")), findings);
            ibans(text, findings);
            REGIONS.forEach(region -> phones(text, region, findings));
        }
        return findings;
    }

    private static void collect(
            String text, String kind, Pattern pattern, Predicate<String> check, List<Finding> findings) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            if (check.test(matcher.group())) {
                findings.add(new Finding(kind, RULE, matcher.start(), matcher.end()));
            }
        }
    }

    /** The country tells how long an IBAN is; what follows it may look like more of it. */
    private static void ibans(String text, List<Finding> findings) {
        Matcher start = IBAN_START.matcher(text);
        while (start.find()) {
            var country = IBANS.getValidator(start.group());
            if (country == null) {
                continue;
            }
            StringBuilder iban = new StringBuilder();
            int at = start.start();
            while (at < text.length() && iban.length() < country.getIbanLength()) {
                char c = text.charAt(at++);
                if (c != ' ') {
                    iban.append(c);
                }
            }
            if (IBANS.isValid(iban.toString())) {
                findings.add(new Finding("bank-account", RULE, start.start(), at));
            }
        }
    }

    private static void phones(String text, String region, List<Finding> findings) {
        PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
        for (PhoneNumberMatch match : phones.findNumbers(text, region)) {
            PhoneNumberType type = phones.getNumberType(match.number());
            boolean mobile = region.equals(CHINA) && type == PhoneNumberType.MOBILE;
            if (PERSONAL.contains(type) && (mobile || isWrittenAsPhone(match.rawString()))) {
                findings.add(new Finding("phone", RULE, match.start(), match.end()));
            }
        }
    }

    /**
     * Ten digits in a row may count people as well; a Chinese mobile number is written that way, others mostly are not.
     */
    private static boolean isWrittenAsPhone(String written) {
        return written.startsWith("+")
                || written.startsWith("0")
                || !written.chars().allMatch(Character::isDigit);
    }
}
