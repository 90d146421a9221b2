using Microsoft.Extensions.Options;
using WebRag.Safety;
using WebRag.Searching;
using WebRag.Sessions;
using WebRag.Settings;

namespace WebRag.Chat;

/// <summary>Questions that are answered with sources, as a stream of events.</summary>
internal static class ChatEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/chat", Ask).RequireRateLimiting(Limits.Questions);
        api.MapGet("/conversations/{id}", (Session session, string id) => session.Conversations.Find(id) is { } conversation
            ? Results.Ok(conversation.Turns.Select(ChatTurnView.Of))
            : Results.NotFound());
        api.MapDelete("/conversations/{id}", (Session session, string id) => session.Conversations.Remove(id) ? Results.NoContent() : Results.NotFound());
    }

    private static IResult Ask(Session session, ChatRequest request, Answerer answerer, IOptions<WebRagOptions> options, CancellationToken cancellationToken)
    {
        if (QuestionRules.Check(request.Question, options.Value) is { } reason)
        {
            return TypedResults.Problem(reason, statusCode: StatusCodes.Status400BadRequest, title: "The question was not taken.");
        }

        Conversation? conversation = request.Conversation is { } id ? session.Conversations.Find(id) : session.Conversations.Create();
        if (conversation is null)
        {
            return TypedResults.NotFound();
        }

        return conversation.TryBegin(request.Question, request.IsAgain, options.Value.MaxTurns)
            ? TypedResults.ServerSentEvents(answerer.AnswerAsync(session, conversation, request, cancellationToken))
            : TypedResults.Problem("The question before is still being answered. Wait for it, or stop it.", statusCode: StatusCodes.Status409Conflict, title: "One at a time.");
    }
}
