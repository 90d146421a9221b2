using System.Globalization;
using Microsoft.SemanticKernel;

namespace LocalRetrieval.SemanticKernel;

/// <summary>Describes the functions of a retrieval plugin to models.</summary>
internal static class RetrievalPlugin
{
    public static KernelPlugin Create(RetrievalFunctions functions, RetrievalPluginOptions options)
    {
        List<KernelFunction> all = [Search(functions, options), Answer(functions, options)];
        if (functions.Sources is not null)
        {
            all.Insert(1, GetSource(functions));
        }

        return KernelPluginFactory.CreateFromFunctions(options.Name, $"Searches {options.Contents}.", all);
    }

    private static KernelFunction Search(RetrievalFunctions functions, RetrievalPluginOptions options) => Create(
        functions.SearchAsync,
        "search",
        $"Searches {options.Contents} for passages that answer a query. Returns numbered sources, best first: cite them by their numbers, like [1].",
        [
            Required("query", "What to search for: a question or words.", """{"type":"string","minLength":1}"""),
            Optional("top", $"How many passages to return, at most {options.MaxTop.ToString(CultureInfo.InvariantCulture)}. The default is {Default(options)}.", Integer(1, options.MaxTop)),
        ],
        "The sources.",
        """{"type":"string"}""");

    private static KernelFunction GetSource(RetrievalFunctions functions) => Create(
        functions.GetSourceAsync,
        "get_source",
        "Reads the whole document of a source that search found, where its passage is not enough.",
        [
            Required("id", "The source's id, as search gave it.", """{"type":"string","minLength":1}"""),
            Optional("offset", "Where to go on reading, as the part before said. The default is 0, the start.", Integer(0, int.MaxValue)),
        ],
        "The document's text, or a part of it.",
        """{"type":"string"}""");

    private static KernelFunction Answer(RetrievalFunctions functions, RetrievalPluginOptions options) => Create(
        functions.AnswerAsync,
        "answer",
        $"Answers a question from {options.Contents}, with the sources that it cites.",
        [Required("question", "The question, in full.", """{"type":"string","minLength":1}""")],
        "The answer and its sources.",
        """{"type":"object","properties":{"answer":{"type":"string"},"sources":{"type":"array","items":{"type":"object","properties":{"number":{"type":"integer"},"id":{"type":"string"},"source":{"type":["string","null"]},"title":{"type":["string","null"]},"headingPath":{"type":["string","null"]},"page":{"type":["integer","null"]}}}}}}""");

    private static KernelFunction Create(
        Delegate method, string name, string description, IReadOnlyList<KernelParameterMetadata> parameters, string result, string resultSchema) =>
        KernelFunctionFactory.CreateFromMethod(method, new KernelFunctionFromMethodOptions
        {
            FunctionName = name,
            Description = description,
            Parameters = parameters,
            ReturnParameter = new KernelReturnParameterMetadata { Description = result, Schema = KernelJsonSchema.Parse(resultSchema) },
        });

    private static KernelParameterMetadata Required(string name, string description, string schema) =>
        new(name) { Description = description, IsRequired = true, ParameterType = typeof(string), Schema = Described(schema, description) };

    private static KernelParameterMetadata Optional(string name, string description, string schema) =>
        new(name) { Description = description, IsRequired = false, ParameterType = typeof(int), Schema = Described(schema, description) };

    // What a model is sent of a parameter is its schema alone.
    private static KernelJsonSchema Described(string schema, string description) =>
        KernelJsonSchema.Parse($"{schema[..^1]},\"description\":{System.Text.Json.JsonSerializer.Serialize(description)}}}");

    private static string Integer(int least, int most) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"type":"integer","minimum":{{least}}{{(most == int.MaxValue ? "" : string.Create(CultureInfo.InvariantCulture, $",\"maximum\":{most}"))}}}""");

    private static string Default(RetrievalPluginOptions options) =>
        options.Chat.Retrieval?.Top is { } top ? top.ToString(CultureInfo.InvariantCulture) : "a handful";
}
