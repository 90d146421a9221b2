using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework.Tests.Fakes;

/// <summary>Runs of agents, and what they gave.</summary>
internal static class Runs
{
    /// <summary>A run in one piece, or of the updates of a stream.</summary>
    public static async Task<AgentResponse> RunAsync(this AIAgent agent, string question, AgentSession? session, bool streamed, AgentRunOptions? options = null) => streamed
        ? await agent.RunStreamingAsync(question, session, options).ToAgentResponseAsync()
        : await agent.RunAsync(question, session, options);

    /// <summary>The session as another process would have it.</summary>
    public static async Task<AgentSession> MoveAsync(this AIAgent from, AgentSession session, AIAgent to)
    {
        string json = (await from.SerializeSessionAsync(session)).GetRawText();
        return await to.DeserializeSessionAsync(System.Text.Json.JsonDocument.Parse(json).RootElement);
    }

    /// <summary>The properties of a response; those of the updates that it was made of are on its last message.</summary>
    public static AdditionalPropertiesDictionary Properties(this AgentResponse response, bool streamed) =>
        (streamed ? response.Messages[^1].AdditionalProperties : response.AdditionalProperties)!;

    /// <summary>The citations of a response, each with the texts of its regions.</summary>
    public static string[] Citations(this AgentResponse response) =>
    [
        .. from message in response.Messages
           from content in message.Contents
           from citation in (content.Annotations ?? []).OfType<CitationAnnotation>()
           select $"{citation.Title}@{string.Join(',', citation.AnnotatedRegions!.Cast<TextSpanAnnotatedRegion>().Select(region => message.Text[region.StartIndex!.Value..region.EndIndex!.Value]))}",
    ];
}
