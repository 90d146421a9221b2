namespace SemanticKernelRag.Answering;

/// <summary>A way in which a kernel answers a question from documents.</summary>
internal interface IAnswerWay
{
    string Title { get; }

    /// <summary>The pieces of the answer, as they come.</summary>
    /// <exception cref="Chat.ChatFailedException">The chat endpoint gave no answer, or no whole one.</exception>
    IAsyncEnumerable<string> AnswerAsync(string question, CancellationToken cancellationToken);
}
