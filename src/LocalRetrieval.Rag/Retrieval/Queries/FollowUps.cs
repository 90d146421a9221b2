using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Joins a question that has no content words of its own to those before it, without a model.</summary>
internal static class FollowUps
{
    private const int MaxEarlier = 3;

    /// <summary>Whether a message asks for nothing: a greeting or thanks in a known language, or emoji alone.</summary>
    public static bool IsSmallTalk(string message)
    {
        string[] words = ConversationWords.WordsOf(message);
        return words.Length == 0 ? IsEmoji(message) : ConversationWords.AreSmallTalk(words);
    }

    /// <summary>The question with the ones before it that it needs, oldest first; the question itself where it stands alone.</summary>
    /// <param name="question">The question.</param>
    /// <param name="conversation">The messages before it, oldest first.</param>
    /// <param name="maxLength">How long the whole may be, in UTF-16 units: earlier questions that do not fit are left out.</param>
    public static string Join(string question, IReadOnlyList<ChatMessage> conversation, int maxLength)
    {
        string[] earlier = [.. conversation.Where(message => message.Role == ChatRole.User && !string.IsNullOrWhiteSpace(message.Text) && !IsSmallTalk(message.Text)).Select(message => message.Text.Trim())];
        string joined = question;
        string last = question;
        for (int index = earlier.Length - 1; index >= Math.Max(0, earlier.Length - MaxEarlier) && IsFollowUp(last, earlier[index]); index--)
        {
            last = earlier[index];
            joined = $"{last} {joined}";
            if (joined.Length > maxLength)
            {
                return joined[(last.Length + 1)..];
            }
        }

        return joined;
    }

    /// <summary>Whether a message needs the one before it, whose language it most likely has.</summary>
    private static bool IsFollowUp(string message, string before)
    {
        string[] words = ConversationWords.WordsOf(message);
        return words.Length > 0 && ConversationWords.Find([.. words, .. ConversationWords.WordsOf(before)])?.IsFollowUp(words) == true;
    }

    private static bool IsEmoji(string message)
    {
        bool hasSymbol = false;
        foreach (Rune rune in message.EnumerateRunes())
        {
            UnicodeCategory category = Rune.GetUnicodeCategory(rune);
            hasSymbol |= category == UnicodeCategory.OtherSymbol;
            if (category is not (UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpaceSeparator or UnicodeCategory.OtherPunctuation))
            {
                return false;
            }
        }

        return hasSymbol;
    }
}
