using Microsoft.SemanticKernel;

namespace SemanticKernelRag.Answering;

/// <summary>The prompt searches: its template calls the plugin, whatever the model is.</summary>
internal sealed class PromptTemplate(Kernel kernel) : IAnswerWay
{
    /// <summary>In messages, since the kernel escapes what it fills in, and takes that back in messages alone.</summary>
    internal const string Template = """
        <message role="system">Answer the question from the sources alone, and cite them by their numbers, like [1]. If they do not answer it, say so.</message>
        <message role="user">{{Retrieval.search query=$question top="3"}}

        Question: {{$question}}</message>
        """;

    public string Title => "Prompt template";

    public IAsyncEnumerable<string> AnswerAsync(string question, CancellationToken cancellationToken) =>
        kernel.InvokePromptStreamingAsync<string>(Template, new KernelArguments { ["question"] = question }, cancellationToken: cancellationToken);
}
