using System.Diagnostics.CodeAnalysis;

namespace LocalRetrieval.Rag;

/// <summary>Documents failed. The message says each once; <see cref="AggregateException"/> would append all of them again.</summary>
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "What is caught is an AggregateException.")]
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "It is thrown in two places.")]
internal sealed class FailedDocumentsException : AggregateException
{
    /// <param name="summary">How many failed.</param>
    /// <param name="lines">What failed, and why.</param>
    /// <param name="errors">The reasons.</param>
    public FailedDocumentsException(string summary, IEnumerable<string> lines, IEnumerable<Exception> errors)
        : base(summary, errors) => Message = string.Join(Environment.NewLine, [$"{summary}:", .. lines]);

    /// <inheritdoc />
    public override string Message { get; }
}
