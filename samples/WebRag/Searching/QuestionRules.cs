using System.Text;
using WebRag.Settings;

namespace WebRag.Searching;

/// <summary>What a question may be.</summary>
internal static class QuestionRules
{
    /// <summary>Why a question is not taken, in a sentence; null where it is.</summary>
    public static string? Check(string? question, WebRagOptions options) =>
        string.IsNullOrWhiteSpace(question) ? "Ask for something."
        : question.Length > options.MaxQuestionLength ? $"The question has {question.Length} characters, of which at most {options.MaxQuestionLength} are read. Shorten it."
        : !question.EnumerateRunes().Any(Rune.IsLetterOrDigit) ? "The question has neither letters nor digits. Ask in words."
        : null;
}
