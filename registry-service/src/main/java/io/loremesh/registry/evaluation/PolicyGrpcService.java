package io.loremesh.registry.evaluation;

import io.grpc.ServerServiceDefinition;
import io.loremesh.door.MalformedMessages;
import io.loremesh.proto.registry.v1.GetPolicyRequest;
import io.loremesh.proto.registry.v1.ListPoliciesRequest;
import io.loremesh.proto.registry.v1.ListPoliciesResponse;
import io.loremesh.proto.registry.v1.MutinyPolicyServiceGrpc;
import io.loremesh.proto.registry.v1.Policy;
import io.loremesh.proto.registry.v1.SetPolicyRequest;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** The contract of this step over gRPC. */
@GrpcService
class PolicyGrpcService extends MutinyPolicyServiceGrpc.PolicyServiceImplBase {
    private final Policies policies;

    PolicyGrpcService(Policies policies) {
        this.policies = policies;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return MalformedMessages.refuse(super.bindService());
    }

    @Override
    public Uni<Policy> setPolicy(SetPolicyRequest request) {
        return policies.set(request);
    }

    @Override
    public Uni<Policy> getPolicy(GetPolicyRequest request) {
        return policies.get(request);
    }

    @Override
    public Uni<ListPoliciesResponse> listPolicies(ListPoliciesRequest request) {
        return policies.list(request);
    }
}
