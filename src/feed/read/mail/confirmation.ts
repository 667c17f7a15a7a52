/**
 * Recognises mails that are for the subscriber alone: to confirm a subscription, to log in, to verify an address.
 *
 * Such a mail is no entry: whoever follows its link acts as the subscriber. Only the owner's desk shows the link.
 */
import { type HttpUrl, parseHttpUrl } from '../../../domain/http-url.ts';

/** Subjects of such mails. They are whole phrases: a court that confirms a sentence is news. */
const subjects =
  /\b(?:please )?confirm (?:your|the|my|this|that you)\b|\bconfirm(?:ation of)? (?:your )?(?:subscription|sign-?up|e-?mail|address|registration)\b|\b(?:subscription|sign-?up|e-?mail(?: address)?|registration|newsletter) confirmation\b|confirmation required|\bverify (?:your|the|this) |\bverification (?:code|link|e-?mail)\b|\bactivate your\b|\byour (?:login|sign-?in|verification|confirmation|access|one-time) (?:code|link)\b|\b(?:sign|log) in to\b|\bis your (?:\S+ )?(?:verification |login |sign-?in )?code\b|\bone more step\b|\balmost (?:there|done)\b|double opt-?in|reset your password|bitte (?:\S+ )?bestätig|bestätige[n]? (?:sie )?(?:bitte )?(?:deine?|ihre?)|anmeldung (?:zum newsletter )?bestätigen|bestätigung (?:deiner|ihrer)|confirmez votre|confirmer votre|confirmation de votre (?:inscription|abonnement|adresse)|confirma(?:r)? (?:tu|su|la) |confirme (?:tu|su|sua|o seu|a sua) |confirmación de (?:tu|su|la) (?:suscripción|registro)|conferma (?:la tua|il tuo|l['’]iscrizione|la sua)|bevestig (?:je|uw) |potwierdź|potwierdzenie (?:subskrypcji|zapisu|adresu)|bekræft (?:din|dit)|bekräfta (?:din|ditt)|подтвердите|подтверждение (?:подписки|адреса|регистрации|e-?mail)|підтвердіть|підтвердження (?:підписки|адреси)|(?:确认|確認|验证|驗證)(?:您|你)?的?(?:订阅|訂閱|邮箱|郵箱|邮件|電子郵件|电子邮件|邮件地址|注册)|(?:订阅|訂閱|邮箱|注册)(?:确认|確認|验证)|验证码|驗證碼|(?:登録|購読|メールアドレス|ご?本人)の?(?:ご)?確認|(?:登録|購読)を?完了|認証コード|(?:구독|이메일|가입) ?(?:확인|인증)|인증 ?(?:번호|코드)|تأكيد (?:الاشتراك|البريد|اشتراكك)|אישור (?:הרשמה|מנוי)/iu;

/** Words and addresses of the link to follow. */
const links =
  /confirm|verif|activat|opt-?in|subscribe|sign-?in|log-?in|magic|token|bestätig|confirmez|confirmer|bekräft|bekræft|bevestig|potwierd|conferm|подтверд|підтверд|确认|確認|验证|驗證|認証|登録|확인|인증|تأكيد|אישור/iu;

/** A mail that needs the owner, and the link it asks to follow. */
export interface Confirmation {
  readonly link?: HttpUrl;
}

/** A link of a mail with its words. */
export interface MailLink {
  readonly words: string;
  readonly address: string;
}

/** The subscriber's task in a mail; `undefined` when it is an issue of the newsletter. */
export function findConfirmation(subject: string, mailLinks: readonly MailLink[]): Confirmation | undefined {
  if (!subjects.test(subject.normalize('NFC'))) return undefined;
  const wanted = mailLinks.filter(({ address }) => !/unsubscrib|opt-?out/i.test(address));
  const found =
    wanted.find(({ words }) => links.test(words) && words.length < 200) ??
    wanted.find(({ address }) => links.test(address));
  const link = found === undefined ? undefined : parseHttpUrl(found.address);
  return link === undefined ? {} : { link };
}
