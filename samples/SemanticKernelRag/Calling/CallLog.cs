using System.Globalization;
using Microsoft.SemanticKernel;
using Samples;
using Samples.Chat;

namespace SemanticKernelRag.Calling;

/// <summary>Shows each call of a function with its arguments and what came of it, and keeps the sources that were found.</summary>
internal sealed class CallLog(Screen screen) : IFunctionInvocationFilter
{
    private readonly List<NumberedSource> _sources = [];

    /// <summary>The sources since the last <see cref="Clear"/>.</summary>
    public IReadOnlyList<NumberedSource> Sources => _sources;

    public async Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
    {
        await next(context);

        // A prompt is a function too, and none of a plugin; its result is the answer.
        if (context.Function.PluginName is { } plugin && !context.IsStreaming)
        {
            Show($"{plugin}.{context.Function.Name}({Arguments(context)})", context.Result.ToString());
        }
    }

    /// <summary>Shows a call and its result: the sources, or else the start of the text.</summary>
    public void Show(string call, string result)
    {
        screen.WriteLine($"→ {call}");
        List<NumberedSource> sources = RetrievalPrompt.ReadSources(result);
        _sources.AddRange(sources);
        foreach (NumberedSource source in sources)
        {
            screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  [{source.Number}] {source.Title}"));
        }

        if (sources.Count == 0)
        {
            screen.WriteLine($"  {EndpointFailure.Quote(result)}");
        }
    }

    public void Clear() => _sources.Clear();

    private static string Arguments(FunctionInvocationContext context) => string.Join(", ", context.Function.Metadata.Parameters
        .Where(parameter => context.Arguments.ContainsName(parameter.Name))
        .Select(parameter => string.Create(CultureInfo.InvariantCulture, $"{parameter.Name}: {context.Arguments[parameter.Name]}")));
}
