namespace LocalRetrieval.Encoders;

/// <summary>Chooses a folder's graph: the one asked for, or the most exact one that is there.</summary>
internal static class GraphFile
{
    // The names that exporters give, most exact first: a default must not cost accuracy.
    private static readonly string[] Preferred =
    [
        "model.onnx", "model_optimized.onnx", "model_O1.onnx", "model_O2.onnx", "model_O3.onnx", "model_O4.onnx", "model_fp16.onnx",
        "model_quantized.onnx", "model_int8.onnx", "model_qint8.onnx", "model_qint8_avx512_vnni.onnx", "model_qint8_avx512.onnx", "model_qint8_arm64.onnx",
        "model_uint8.onnx", "model_quint8_avx2.onnx", "model_q4.onnx", "model_q4f16.onnx", "model_bnb4.onnx",
    ];

    /// <param name="folders">Where to look, best first.</param>
    /// <param name="requested">A path under one of the folders, or null.</param>
    /// <exception cref="FileNotFoundException">There is no graph, not the one asked for, or several of unknown names.</exception>
    public static string Find(IReadOnlyList<string> folders, string? requested)
    {
        string[] places = [.. folders.SelectMany(folder => new[] { Path.Combine(folder, "onnx"), folder })];
        if (requested is not null)
        {
            return First(places, requested) ?? throw NotFound(folders[0], places, $"lacks {requested}, which GraphFile in the options asks for");
        }

        foreach (string place in places)
        {
            if (Preferred.Select(name => First([place], name)).FirstOrDefault(path => path is not null) is { } path)
            {
                return path;
            }
        }

        return Graphs(places) is [string only] ? only : throw NotFound(folders[0], places, "has neither onnx/model.onnx nor model.onnx, nor another graph of a known name");
    }

    private static string? First(IEnumerable<string> places, string name) =>
        places.Select(place => Path.Combine(place, name.Replace('/', Path.DirectorySeparatorChar))).FirstOrDefault(ModelFile.Exists);

    private static string[] Graphs(string[] places) => [.. places.Where(Directory.Exists).SelectMany(place => Directory.EnumerateFiles(place, "*.onnx")).Order(StringComparer.Ordinal)];

    private static FileNotFoundException NotFound(string folder, string[] places, string what)
    {
        string[] graphs = Graphs(places);
        string fix = graphs.Length == 0
            ? "Copy the graph from the model's page, or export the model to ONNX, for instance by optimum-cli export onnx."
            : $"It has {string.Join(", ", graphs.Select(graph => Path.GetRelativePath(folder, graph).Replace('\\', '/')))}: set GraphFile in the options to one of them.";
        return new FileNotFoundException($"The model folder {folder} {what}. {fix}", Path.Combine(folder, "onnx", "model.onnx"));
    }
}
