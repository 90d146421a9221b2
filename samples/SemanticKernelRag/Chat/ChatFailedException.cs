namespace SemanticKernelRag.Chat;

/// <summary>A chat endpoint gave no answer, or none that is whole. The message is for who runs the program, the apology for who asked.</summary>
internal sealed class ChatFailedException(string message, bool hasBegun, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What to tell the person who asked.</summary>
    public string Apology { get; } = hasBegun
        ? "The answer ends here, unfinished: the chat model failed. Please ask again later."
        : "There is no answer at the moment: the chat model failed. Please ask again later.";
}
