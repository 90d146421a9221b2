using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework.Tests.Tools;

/// <summary>128 functions of an assistant at work and at home, and 60 questions, each with the one function that is right for it.</summary>
/// <param name="Tools">The functions.</param>
/// <param name="Questions">The questions, in people's words rather than the functions'.</param>
internal sealed record ToolSet(IReadOnlyList<AITool> Tools, IReadOnlyList<ToolQuestion> Questions)
{
    /// <summary>Reads tools.json and questions.json.</summary>
    /// <param name="folder">Where they are.</param>
    public static ToolSet Read(string folder) => new(
        [.. JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "tools.json")))!.AsArray().Select(tool => Declare(tool!))],
        JsonSerializer.Deserialize<ToolQuestion[]>(File.ReadAllText(Path.Combine(folder, "questions.json")), JsonSerializerOptions.Web)!);

    /// <summary>A function's definition as a model gets it.</summary>
    public static string Definition(AITool tool)
    {
        AIFunctionDeclaration function = (AIFunctionDeclaration)tool;
        JsonObject definition = new()
        {
            ["type"] = "function",
            ["function"] = new JsonObject
            {
                ["name"] = function.Name,
                ["description"] = function.Description,
                ["parameters"] = JsonNode.Parse(function.JsonSchema.GetRawText()),
            },
        };
        return definition.ToJsonString();
    }

    /// <summary>The share of the questions whose right function a retriever finds.</summary>
    public async Task<double> RecallAsync(ToolRetriever retriever, CancellationToken cancellationToken = default)
    {
        int found = 0;
        foreach (ToolQuestion question in Questions)
        {
            found += (await retriever.RetrieveAsync(question.Question, Tools, cancellationToken)).Any(tool => tool.Tool.Name == question.Tool) ? 1 : 0;
        }

        return (double)found / Questions.Count;
    }

    private static AIFunctionDeclaration Declare(JsonNode tool)
    {
        JsonObject properties = [];
        foreach ((string name, JsonNode? description) in tool["parameters"]!.AsObject())
        {
            properties[name] = new JsonObject { ["type"] = "string", ["description"] = description!.GetValue<string>() };
        }

        JsonObject schema = new() { ["type"] = "object", ["properties"] = properties };
        return AIFunctionFactory.CreateDeclaration((string)tool["name"]!, (string)tool["description"]!, JsonSerializer.SerializeToElement(schema));
    }
}
