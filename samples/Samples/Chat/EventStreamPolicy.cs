using System.ClientModel;
using System.ClientModel.Primitives;
using System.IO.Pipelines;
using System.Text;
using System.Text.RegularExpressions;

namespace Samples.Chat;

/// <summary>Refuses a successful answer that is no stream of events. The package reads a web page as a stream without a text.</summary>
internal sealed partial class EventStreamPolicy : PipelinePolicy
{
    /// <summary>How much of an answer is read before it is refused, in bytes.</summary>
    private const int MaxStart = 512;

    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
        ProcessNext(message, pipeline, currentIndex);

    public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        await ProcessNextAsync(message, pipeline, currentIndex);
        if (message is { BufferResponse: false, Response: { IsError: false, ContentStream: { } content } response })
        {
            PipeReader reader = PipeReader.Create(content);
            response.ContentStream = reader.AsStream();
            await RefuseOtherAsync(reader, response, message.CancellationToken);
        }
    }

    /// <summary>Looks at the start of the content and leaves it unread.</summary>
    private static async Task RefuseOtherAsync(PipeReader reader, PipelineResponse response, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellationToken);
            string start = Encoding.UTF8.GetString(read.Buffer.Slice(0, Math.Min(read.Buffer.Length, MaxStart))).Trim();
            if (EventRegex().IsMatch(start))
            {
                reader.AdvanceTo(read.Buffer.Start);
                return;
            }

            if (read.IsCompleted || read.Buffer.Length >= MaxStart)
            {
                await reader.CompleteAsync();
                string type = response.Headers.TryGetValue("Content-Type", out string? value) ? value! : "of no type";
                throw new ClientResultException(
                    $"The answer is {type}, not a stream of chat completions. Is the path of the address right? It often ends in /v1. "
                    + $"It begins: {EndpointFailure.Quote(start)}",
                    response);
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    // A field of an event, or a comment: https://html.spec.whatwg.org/multipage/server-sent-events.html
    [GeneratedRegex(@"^\uFEFF?(:|event:|id:|retry:|data: *[{\[])", RegexOptions.CultureInvariant)]
    private static partial Regex EventRegex();
}
