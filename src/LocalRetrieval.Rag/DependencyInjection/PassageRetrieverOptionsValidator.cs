using Microsoft.Extensions.Options;

namespace LocalRetrieval.Rag;

/// <summary>Checks what no single setter can.</summary>
internal sealed class PassageRetrieverOptionsValidator<TRecord> : IValidateOptions<PassageRetrieverOptions<TRecord>>
    where TRecord : class
{
    public ValidateOptionsResult Validate(string? name, PassageRetrieverOptions<TRecord> options)
    {
        List<string> failures = [];
        if (options.Mapping is null && PassageMappings.Default<TRecord>() is null)
        {
            failures.Add(PassageMappings.MissingMessage<TRecord>());
        }

        if (options.Order == FinalOrder.StandardScores && options.VectorWeight + options.RerankerWeight == 0)
        {
            failures.Add("VectorWeight and RerankerWeight are both 0, which leaves no order. Give one of them a weight.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
